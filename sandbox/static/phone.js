// The phone: asks the sandbox what is new, and lets the citizen type, tap and follow.
"use strict";

const EVERY = 700;
const QUIET_GAP = 300;
const ADD = "+";
const $ = (id) => document.getElementById(id);
const phone = {openid: localStorage.getItem("openid") || "", seen: 0, at: 0, read: {}, menu: "", citizens: ""};

async function order(path, body, failed = "没有成功，请再试一次") {
  const answer = await fetch(`/_control/${path}`, {
    method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)});
  if (!answer.ok) notice(answer.status === 409 ? "请先关注公众号" : failed);
  await look();
}

const hands = {
  say: (text) => order("say", {openid: phone.openid, text}),
  choose: (choice) => order("send", {openid: phone.openid, kind: "text",
    fields: {Content: choice.content, bizmsgmenuid: String(choice.id)}}),
  event: (event, key, fields = {}) => order("event", {openid: phone.openid, event, key, fields}),
  open: async (url) => {
    // The browser is this citizen's from now on, with the cookies that the pages gave them.
    await fetch("/phone/hold", {method: "POST", headers: {"Content-Type": "application/json"},
      body: JSON.stringify({openid: phone.openid})});
    $("page-title").textContent = new URL(url).host;
    $("page-out").href = url;
    $("page-frame").src = url;
    hands.from = document.activeElement;
    $("page").hidden = false;
    $("page-close").focus();
  },
  close: () => {
    $("page").hidden = true;
    $("page-frame").src = "about:blank";
    if (hands.from) hands.from.focus();
  },
};

function notice(text) {
  $("notice").textContent = text;
  $("notice").hidden = false;
  setTimeout(() => { $("notice").hidden = true; }, 3000);
}

function forget() {
  phone.seen = 0;
  phone.at = 0;
  $("chat").replaceChildren();
}

function add(entries) {
  for (const entry of entries) {
    if (entry.at - phone.at > QUIET_GAP) $("chat").append(make("p", "system", time(entry.at)));
    phone.at = entry.at;
    $("chat").append(drawn(entry, hands));
  }
  if (entries.length) $("chat").scrollTop = $("chat").scrollHeight;
}

function listCitizens(citizens) {
  for (const citizen of citizens) phone.read[citizen.openid] ??= 0;
  phone.read[phone.openid] = phone.seen;
  const labels = citizens.map((c) => [c.openid, c.name + (c.last > phone.read[c.openid] ? "（新消息）" : "")]);
  const drawnAs = JSON.stringify([labels, phone.openid]);
  if (drawnAs === phone.citizens) return;
  phone.citizens = drawnAs;
  $("citizen").replaceChildren(...[...labels, [ADD, "添加市民…"]].map(([value, label]) => {
    const option = make("option", "", label);
    option.value = value;
    return option;
  }));
  $("citizen").value = phone.openid;
}

function tap(button) {
  if (button.type.startsWith("scancode_")) return scan("统一社会信用代码、决定书的核验链接", scannedFor(button));
  if (button.type === "view" || button.type === "miniprogram") {
    hands.event("VIEW", button.url);
    return hands.open(button.url);
  }
  return hands.event(button.type === "click" ? "CLICK" : button.type, button.key || "");
}

function menuButton(button) {
  const node = make("button", "menu-button", button.name);
  node.type = "button";
  node.addEventListener("click", () => { shut(); tap(button); });
  return node;
}

function menuGroup(button) {
  const group = make("div", "menu-group");
  const list = make("div", "menu-list");
  list.append(...button.sub_button.map(menuButton));
  list.hidden = true;
  const head = make("button", "menu-button menu-head", button.name);
  head.type = "button";
  head.setAttribute("aria-expanded", "false");
  head.addEventListener("click", () => {
    const open = list.hidden;
    shut();
    list.hidden = !open;
    head.setAttribute("aria-expanded", String(open));
  });
  group.append(list, head);
  return group;
}

function shut() {
  for (const list of document.querySelectorAll(".menu-list")) list.hidden = true;
  for (const head of document.querySelectorAll(".menu-head")) head.setAttribute("aria-expanded", "false");
}

function drawMenu(buttons) {
  const drawnAs = JSON.stringify(buttons);
  if (drawnAs === phone.menu) return;
  phone.menu = drawnAs;
  const drawn = buttons.map((button) =>
    (button.sub_button || []).length ? menuGroup(button) : menuButton(button));
  $("menu").replaceChildren(...(drawn.length ? drawn : [make("p", "menu-none", "公众号还没有放上菜单")]));
}

function show(state) {
  if (state.openid !== phone.openid || state.last < phone.seen) {
    phone.openid = state.openid;
    forget();
    if (state.chat.length < state.last) return;
  }
  $("follow").hidden = !state.following;
  $("welcome").hidden = state.following;
  $("foot").hidden = !state.following;
  drawMenu(state.menu);
  add(state.chat.filter((entry) => entry.seq > phone.seen));
  phone.seen = state.last;
  listCitizens(state.citizens);
}

// One question at a time: two answers to the same question would show the same message twice.
let asking = Promise.resolve();
function look() {
  asking = asking.then(async () => {
    const asked = phone.openid;
    const query = new URLSearchParams({openid: asked, after: phone.seen});
    const state = await (await fetch(`/phone/state?${query}`)).json();
    if (phone.openid === asked) show(state);  // the phone may have changed hands meanwhile
  }).catch(() => undefined);
  return asking;
}

function choose(openid) {
  phone.openid = openid;
  localStorage.setItem("openid", openid);
  shut();
  forget();
  return look();
}

function newOpenid() {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  const random = crypto.getRandomValues(new Uint8Array(24));
  return "oKM_" + Array.from(random, (byte) => letters[byte % letters.length]).join("");
}

$("say").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  $("text").value = "";
  if (text) hands.say(text);
});
$("more").addEventListener("click", () => {
  $("extras").hidden = !$("extras").hidden;
  $("more").setAttribute("aria-expanded", String(!$("extras").hidden));
});
$("extras").addEventListener("click", (event) => {
  const kind = event.target.dataset.kind;
  if (kind) order("send", {openid: phone.openid, kind});
});
$("follow").addEventListener("click", () => hands.event("unsubscribe", ""));
$("welcome-follow").addEventListener("click", () => hands.event("subscribe", ""));
$("chat").addEventListener("click", shut);
$("page-close").addEventListener("click", hands.close);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  shut();
  if (!$("page").hidden) hands.close();
});
$("citizen").addEventListener("change", () => {
  if ($("citizen").value !== ADD) return choose($("citizen").value);
  $("citizen").value = phone.openid;
  return $("newcomer").showModal();
});
// What WeChat asks when a page offers subscription messages; the page is told, and so is the account.
window.addEventListener("message", (event) => {
  if (event.source !== $("page-frame").contentWindow || event.data?.kind !== "wx-open-subscribe") return;
  $("subscribe-list").replaceChildren(...event.data.templates.map((id) => {
    const label = make("label", "choice");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.value = id;
    box.checked = true;
    label.append(box, make("span", "", id));
    return label;
  }));
  $("subscribe").showModal();
});
async function subscribed(isAllowed) {
  const boxes = [...$("subscribe-list").querySelectorAll("input")];
  const said = (box) => (isAllowed && box.checked ? "accept" : "reject");
  const of = (wanted) => boxes.filter((box) => said(box) === wanted).map((box) => box.value);
  $("subscribe").close();
  for (const [wanted, accept] of [["accept", true], ["reject", false]]) {
    const templates = of(wanted);
    if (templates.length) await order("subscribe", {openid: phone.openid, templates, accept});
  }
  const details = JSON.stringify(Object.fromEntries(boxes.map((box) => [box.value, {status: said(box)}])));
  $("page-frame").contentWindow.postMessage({kind: "wx-open-subscribe", details}, "*");
}
$("subscribe-allow").addEventListener("click", () => subscribed(true));
$("subscribe-refuse").addEventListener("click", () => subscribed(false));
$("newcomer-cancel").addEventListener("click", () => $("newcomer").close());
$("newcomer-form").addEventListener("submit", async () => {
  const openid = newOpenid();
  await order("citizens", {openid, name: $("newcomer-name").value.trim()});
  $("newcomer-name").value = "";
  choose(openid);
});

look();
setInterval(look, EVERY);
