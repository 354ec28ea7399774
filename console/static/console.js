// Small conveniences: every page works for reading without them.
"use strict";

// What htmx sends carries the proof that the form was fetched here.
document.addEventListener("htmx:configRequest", (event) => {
  const proof = document.body.dataset.csrf;
  if (proof && event.detail.verb !== "get") {
    event.detail.headers["X-CSRF-Token"] = proof;
  }
});

const isTyping = (element) => element.matches("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
    return;
  }
  if (event.key === "/") {
    const search = document.querySelector("main input[type=search], main input[type=text]");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  } else if (event.key === "?") {
    const help = document.querySelector("footer details");
    if (help) {
      help.open = true;
      help.querySelector("summary").focus();
    }
  }
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") {
    return;
  }
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});
