// Showing who one is with a passkey, and making one. Without a passkey, or without a script, the other ways are there.

async function optionsOf(form) {
  if (form.dataset.passkeyUrl) {
    const answer = await fetch(form.dataset.passkeyUrl, { headers: { Accept: "application/json" } });
    return answer.json();
  }
  return JSON.parse(document.getElementById("passkey-options").textContent);
}

// Kept on the device and opened with a finger, a face or a pin: only then does it stand for two steps at once.
function asPasskey(options) {
  Object.assign(options.publicKey.authenticatorSelection, {
    residentKey: "required", requireResidentKey: true, userVerification: "required",
  });
  return options;
}

async function show(form) {
  const told = await optionsOf(form);
  const credential = form.dataset.passkey === "create"
    ? await window.webauthnJSON.create(asPasskey(told.creation_options))
    : await window.webauthnJSON.get(told.request_options);
  form.elements.credential.value = JSON.stringify(credential);
  form.submit();
}

function sayFailed(form) {
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = false;
  failed.focus();
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
  form.querySelector("[data-passkey-missing]").hidden = true;
  form.querySelector("[data-passkey-button]").disabled = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(form).catch(() => sayFailed(form));
  });
  if ("passkeyAtOnce" in form.dataset) {
    show(form).catch(() => {}); // the button is there for who needs it
  }
}
