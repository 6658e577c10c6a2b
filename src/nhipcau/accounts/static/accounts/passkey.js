/* Passkeys and security keys. A form with data-passkey asks the device before it is sent:
   "create" makes a key, "get" proves with one, "sign-in" first fetches what is to be proved. Without this file, or
   where the device knows no keys, the form says so and the other ways of signing in stand beside it. */
"use strict";
(() => {
  const toBytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (char) => char.charCodeAt(0)).buffer;
  };
  const toText = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const withIds = (keys) => (keys || []).map((key) => ({ ...key, id: toBytes(key.id) }));

  async function create({ publicKey }, form) {
    const alone = form.elements.passwordless?.checked;
    const wanted = {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
      excludeCredentials: withIds(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: alone ? "required" : "discouraged",
        requireResidentKey: Boolean(alone),
        ...(alone ? { userVerification: "required" } : {}),
      },
    };
    const made = await navigator.credentials.create({ publicKey: wanted });
    return plain(made, {
      clientDataJSON: toText(made.response.clientDataJSON),
      attestationObject: toText(made.response.attestationObject),
      transports: made.response.getTransports ? made.response.getTransports() : [],
    });
  }

  async function get({ publicKey }) {
    const wanted = {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      allowCredentials: withIds(publicKey.allowCredentials),
    };
    const given = await navigator.credentials.get({ publicKey: wanted });
    return plain(given, {
      clientDataJSON: toText(given.response.clientDataJSON),
      authenticatorData: toText(given.response.authenticatorData),
      signature: toText(given.response.signature),
      userHandle: given.response.userHandle ? toText(given.response.userHandle) : null,
    });
  }

  const plain = (key, response) => ({
    id: key.id,
    rawId: toText(key.rawId),
    type: key.type,
    authenticatorAttachment: key.authenticatorAttachment || null,
    clientExtensionResults: key.getClientExtensionResults(),
    response,
  });

  const written = (form) => JSON.parse(document.getElementById(form.dataset.options).textContent);
  const ways = {
    create: async (form) => create(written(form).creation_options, form),
    get: async (form) => get(written(form).request_options),
    "sign-in": async (form) => {
      const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      return get((await answer.json()).request_options);
    },
  };

  function say(form, name) {
    for (const each of form.querySelectorAll("[data-say]")) each.hidden = each.dataset.say !== name;
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const able = window.PublicKeyCredential && navigator.credentials;
    const button = form.querySelector("[data-go]");
    button.disabled = !able;
    say(form, able ? "" : "unable");
    form.addEventListener("submit", async (event) => {
      if (form.elements.credential.value) return;
      event.preventDefault();
      button.disabled = true;
      say(form, "waiting");
      try {
        form.elements.credential.value = JSON.stringify(await ways[form.dataset.passkey](form));
        form.requestSubmit();
      } catch {
        say(form, "failed");
        button.disabled = false;
      }
    });
  }
})();
