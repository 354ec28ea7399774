// The scanner: what a code says is typed, for the menu's own scan and for codes to follow by.
"use strict";

// There is no camera: whoever holds the phone types what the code says.
function scan(example, then) {
  phone.scanned = then;
  $("scan-hint").textContent = `这部手机没有摄像头，请把码里的文字填在这里，例如${example}。`;
  $("scan-text").value = "";
  $("scan").showModal();
}

// As WeChat does: with "push" it opens the address itself, with "waitmsg" the account answers.
function scannedFor(button) {
  return (text) => {
    if (button.type === "scancode_push" && isWeb(text)) hands.open(text);
    return hands.event(button.type, button.key, {ScanCodeInfo: {ScanType: "qrcode", ScanResult: text}});
  };
}

const scanCode = () => scan("命令 ./xinyong wechat qr 写出的码的内容", (url) =>
  order("scan", {openid: phone.openid, url}, "这不是公众号的二维码，或者已经过期"));
$("scan-code").addEventListener("click", scanCode);
$("welcome-scan").addEventListener("click", scanCode);
$("scan-cancel").addEventListener("click", () => $("scan").close());
$("scan-form").addEventListener("submit", () => phone.scanned($("scan-text").value.trim()));
