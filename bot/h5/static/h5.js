// WeChat's own tag for subscription messages. Without WeChat, or its SDK, the page works as it is.
"use strict";

const box = document.getElementById("wx");
const told = document.getElementById("wx-told");

// WeChat gives the answers as a text, in it a text for each template.
function isAccepted(event, id) {
  const given = event.detail.subscribeDetails;
  const answers = typeof given === "string" ? JSON.parse(given) : given;
  return JSON.stringify(answers[id] || "").includes("accept");
}

// Of what is always kept WeChat tells our server nothing: the page does.
function tell(agreed) {
  const form = new URLSearchParams({csrf: document.querySelector("input[name=csrf]").value});
  agreed.forEach((id) => form.append("template", id));
  fetch(box.dataset.tell, {method: "POST", body: form}).catch(() => {});
}

if (box && window.wx) {
  const {appid, timestamp, nonce, signature} = box.dataset;
  window.wx.config({
    debug: false, appId: appid, timestamp: Number(timestamp), nonceStr: nonce, signature,
    jsApiList: [], openTagList: ["wx-open-subscribe"],
  });
  window.wx.error(() => { told.textContent = box.dataset.away; });
  const tag = box.querySelector("wx-open-subscribe");
  tag.addEventListener("success", (event) => {
    const agreed = tag.getAttribute("template").split(",").filter((id) => isAccepted(event, id));
    told.textContent = agreed.length ? box.dataset.yes : box.dataset.no;
    if (agreed.length) tell(agreed);
  });
  tag.addEventListener("error", () => { told.textContent = box.dataset.away; });
} else if (told) {
  told.textContent = box.dataset.away;
}
