// Stands for WeChat's JS-SDK: what our pages use of it, asked of the phone around the page.
"use strict";

(() => {
  const heard = {error: []};
  window.wx = {
    config: (given) => {
      const whole = given.appId && given.timestamp && given.nonceStr && /^[0-9a-f]{40}$/.test(given.signature);
      if (!whole) heard.error.forEach((tell) => tell({errMsg: "config:invalid signature"}));
    },
    ready: (then) => then(),
    error: (tell) => heard.error.push(tell),
  };

  class Subscribe extends HTMLElement {
    connectedCallback() {
      const parts = [...this.querySelectorAll("script[type='text/wxtag-template']")];
      const shown = parts.find((part) => part.slot !== "style");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "weui-btn weui-btn_primary";
      button.textContent = new DOMParser().parseFromString(shown.textContent, "text/html").body.textContent.trim();
      button.addEventListener("click", () => this.ask());
      this.append(button);
    }

    ask() {
      const templates = this.getAttribute("template").split(",");
      const answer = (event) => {
        if (event.source !== parent || event.data?.kind !== "wx-open-subscribe") return;
        removeEventListener("message", answer);
        const detail = {errMsg: "subscribe:ok", subscribeDetails: event.data.details};
        this.dispatchEvent(new CustomEvent("success", {detail}));
      };
      addEventListener("message", answer);
      parent.postMessage({kind: "wx-open-subscribe", templates}, "*");
    }
  }
  customElements.define("wx-open-subscribe", Subscribe);
})();
