"use strict";

const ui = SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#contract",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  tryItOutEnabled: true,
  // No validator badge: it would send a request to an external server.
  validatorUrl: null,
});

const signIn = document.getElementById("sign-in");
const signOut = document.getElementById("sign-out");
const message = document.getElementById("message");

/** The token is in the memory of this page only: a reload ends its use. */
let token = null;

function show(text, isError) {
  message.textContent = text;
  message.classList.toggle("error", isError);
}

function post(path, headers, body) {
  return fetch(path, { method: "POST", headers, body, credentials: "omit" });
}

function useToken(newToken, email) {
  token = newToken;
  if (token === null) {
    ui.authActions.logout(["bearer"]);
  } else {
    ui.preauthorizeApiKey("bearer", token);
  }
  document.getElementById("user").textContent = email;
  signIn.hidden = token !== null;
  signOut.hidden = token === null;
}

async function failure(response) {
  const problem = await response.json().catch(() => ({}));
  const wait = response.headers.get("Retry-After");
  const reason = problem.detail ?? `The server answered ${response.status}.`;
  return wait === null ? reason : `${reason} Retry in ${wait} s.`;
}

/** Runs the action of a form once at a time and shows why it failed. */
function onSubmit(form, action) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      await action();
    } catch (error) {
      show(`The server could not be reached: ${error.message}`, true);
    } finally {
      button.disabled = false;
    }
  });
}

onSubmit(signIn, async () => {
  const password = document.getElementById("password");
  const email = document.getElementById("email").value;
  show("", false);
  const response = await post(
    "/v1/auth/login",
    { "Content-Type": "application/json" },
    JSON.stringify({ email, password: password.value }),
  );
  password.value = "";
  if (!response.ok) {
    show(await failure(response), true);
    return;
  }
  const session = await response.json();
  useToken(session.token, session.user.email);
  show(
    session.passwordExpiresAt === undefined
      ? "Signed in: Execute sends your token."
      : `Change the temporary password first (POST /v1/auth/password), until ${session.passwordExpiresAt}.`,
    false,
  );
});

onSubmit(signOut, async () => {
  const response = await post("/v1/auth/logout", { Authorization: `Bearer ${token}` });
  useToken(null, "");
  if (response.ok) {
    show("Signed out.", false);
  } else {
    show(await failure(response), true);
  }
});
