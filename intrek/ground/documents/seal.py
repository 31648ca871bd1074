"""The programme's seal: an electronic signature (PAdES) over a whole file, so that nobody changes it unseen afterwards.

Each programme has its own key and certificate in one PEM file. Without one, one is made here: it proves that the file is as it was sealed,
and who sealed it to whoever knows the certificate; no authority vouches for it. Put a certificate of an authority in its place to have that.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.conf import settings
from pikepdf import Array, Dictionary, Name
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

BITS, YEARS = 3072, 20
PRIVATE = 0o600
# As long as a name in a certificate may be.
LONGEST = 64
FIELD = "Programme"
# Of a field: it is printed and locked. Of the file: it is signed, and added to at its end alone.
HIDDEN, APPEND_ONLY = 132, 3


def place_of(programme_id: UUID) -> Path:
    """Where the key and the certificates of a programme lie."""
    return Path(settings.SEALS) / f"{programme_id}.pem"


def is_self_made(programme_id: UUID) -> bool:
    """Whether no authority vouches for the certificate of this programme."""
    place = place_of(programme_id)
    if not place.exists():
        return True
    first = x509.load_pem_x509_certificates(place.read_bytes())[0]
    return first.issuer == first.subject


def sealed(pdf: bytes, programme_id: UUID, name: str, *, shown: bytes, at: datetime) -> bytes:
    """The file with the seal of the programme over it; ``shown``, the very file that was signed, goes inside."""
    signer = _signer(programme_id, name, at)
    writer = IncrementalPdfFileWriter(BytesIO(_with_room(pdf, shown, name)))
    told = PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, name=name)
    # The library runs a loop of its own, and who calls may be in one already.
    with ThreadPoolExecutor(1) as aside:
        out = aside.submit(PdfSigner(told, signer=signer).sign_pdf, writer).result()
    return bytes(out.getvalue())


def _with_room(pdf: bytes, shown: bytes, name: str) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        inside = pikepdf.AttachedFileSpec(opened, shown, filename="shown.pdf", mime_type="application/pdf")
        opened.attachments["shown.pdf"] = inside
        _add_field(opened, name)
        opened.save(out)
    return out.getvalue()


def _add_field(pdf: pikepdf.Pdf, name: str) -> None:
    """The place of the seal, among the tags of the paper: who has it read out hears that it is there (PDF/UA-1, 7.18)."""
    tags, page = pdf.Root.StructTreeRoot, pdf.pages[0].obj
    whole, key = tags.K[0], int(tags.ParentTreeNextKey)
    seen: dict[str, Any] = {"Type": Name.Annot, "Subtype": Name.Widget, "Rect": [0, 0, 0, 0], "F": HIDDEN, "P": page}
    field = pdf.make_indirect(Dictionary(FT=Name.Sig, T=FIELD, TU=name, StructParent=key, **seen))
    inside = Dictionary(Type=Name.OBJR, Obj=field, Pg=page)
    form = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, P=whole, Pg=page, Alt=name, K=inside))
    whole.K.append(form)
    pikepdf.NumberTree(tags.ParentTree)[key] = form
    tags.ParentTreeNextKey = key + 1
    page.Annots = Array([*page.get("/Annots", []), field])
    pdf.Root.AcroForm = Dictionary(Fields=[field], SigFlags=APPEND_ONLY)


def _signer(programme_id: UUID, name: str, at: datetime) -> SimpleSigner:
    place = place_of(programme_id)
    if not place.exists():
        _keep(place, _self_made(name, at))
    content, pem = place.read_bytes(), serialization.Encoding.PEM
    certificates = x509.load_pem_x509_certificates(content)
    chain = list(load_certs_from_pemder_data(b"".join(each.public_bytes(pem) for each in certificates)))
    return SimpleSigner(
        signing_cert=chain[0],
        signing_key=load_private_key_from_pemder_data(content, passphrase=None),
        cert_registry=SimpleCertificateStore.from_certs(chain),
    )


def _keep(place: Path, content: bytes) -> None:
    """Written aside and put in its place whole: two that seal for the first time at once end with one key."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = place.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(aside, place)
    except FileExistsError:
        pass
    finally:
        aside.unlink()


def _self_made(name: str, at: datetime) -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:LONGEST])])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    moment = at.astimezone(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=365 * YEARS))
        .add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)
