"""A seal looked at by another than who made it: pypdf finds what is signed, cryptography checks it."""

from hashlib import sha256
from io import BytesIO

from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from pypdf import PdfReader


def certificate_of(pdf: bytes) -> x509.Certificate:
    """Whose seal lies over the whole file. Raises ValueError or InvalidSignature when it does not hold."""
    (field,) = (each.get_object() for each in PdfReader(BytesIO(pdf)).trailer["/Root"]["/AcroForm"]["/Fields"])
    value = field["/V"]
    start, before, after, length = value["/ByteRange"]
    if start or after + length != len(pdf):
        raise ValueError("The seal does not lie over the whole file.")
    if value["/SubFilter"] != "/ETSI.CAdES.detached":
        raise ValueError("This is no PAdES.")
    covered = pdf[:before] + pdf[after:]
    signed = cms.ContentInfo.load(bytes.fromhex(pdf[before + 1 : after - 1].decode()))["content"]
    signer = signed["signer_infos"][0]
    told = {each["type"].native: each["values"][0].native for each in signer["signed_attrs"]}
    if told["message_digest"] != sha256(covered).digest():
        raise ValueError("The file was changed after it was sealed.")
    found = x509.load_der_x509_certificate(signed["certificates"][0].dump())
    attributes = signer["signed_attrs"].untag().dump()
    found.public_key().verify(signer["signature"].native, attributes, padding.PKCS1v15(), hashes.SHA256())
    return found
