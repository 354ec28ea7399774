// WeChat's own tag for subscription messages. Without WeChat, or its SDK, the page works as it is.
"use strict";

const box = document.getElementById("wx");
const told = document.getElementById("wx-told");

if (box && window.wx) {
  const {appid, timestamp, nonce, signature} = box.dataset;
  window.wx.config({
    debug: false, appId: appid, timestamp: Number(timestamp), nonceStr: nonce, signature,
    jsApiList: [], openTagList: ["wx-open-subscribe"],
  });
  window.wx.error(() => { told.textContent = box.dataset.away; });
  const tag = box.querySelector("wx-open-subscribe");
  tag.addEventListener("success", (event) => {
    const accepted = JSON.stringify(event.detail.subscribeDetails).includes("accept");
    told.textContent = accepted ? box.dataset.yes : box.dataset.no;
  });
  tag.addEventListener("error", () => { told.textContent = box.dataset.away; });
} else if (told) {
  told.textContent = box.dataset.away;
}
