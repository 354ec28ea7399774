// Draws one entry of the chat. Everything is text nodes: what comes from outside is never markup.
"use strict";

const KINDS = {image: "图片", voice: "语音", video: "视频", shortvideo: "小视频", music: "音乐",
  link: "链接", wxcard: "卡券", mpnews: "图文", mpnewsarticle: "图文", miniprogrampage: "小程序",
  transfer_customer_service: "已转人工客服"};
const ANCHOR = /<a\s[^>]*?href="([^"]*)"[^>]*>([^<]*)<\/a>|(https?:\/\/[^\s，。；！？）》、"<>]+)/g;

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function isWeb(url) {
  return /^https?:\/\//.test(url || "");
}

// A link opens inside the phone; a menu link says its words, as in WeChat.
function link(url, words, hands) {
  if (url.startsWith("weixin://bizmsgmenu")) {
    const says = new URLSearchParams(url.split("?")[1] || "").get("msgmenucontent") || words;
    const button = make("button", "inline", words);
    button.type = "button";
    button.addEventListener("click", () => hands.say(says));
    return button;
  }
  if (!isWeb(url)) return document.createTextNode(words);
  const anchor = make("a", "", words);
  anchor.href = url;
  anchor.addEventListener("click", (event) => { event.preventDefault(); hands.open(url); });
  return anchor;
}

function words(text, hands) {
  const node = make("div", "words");
  let end = 0;
  for (const found of text.matchAll(ANCHOR)) {
    node.append(text.slice(end, found.index));
    node.append(link(found[1] || found[3] || "", found[2] || found[3] || "", hands));
    end = found.index + found[0].length;
  }
  node.append(text.slice(end));
  return node;
}

function card(title, url, parts, hands) {
  const node = make(isWeb(url) ? "button" : "div", "card");
  node.append(make("span", "card-title", title), ...parts);
  if (isWeb(url)) {
    node.type = "button";
    node.append(make("span", "card-more", "查看详情"));
    node.addEventListener("click", () => hands.open(url));
  }
  return node;
}

function template(entry, hands) {
  const rows = entry.fields.map((field) => {
    const row = make("span", "card-row");
    row.append(make("span", "card-label", field.label), make("span", "card-value", field.value));
    return row;
  });
  return card(entry.title, entry.url, rows, hands);
}

function articles(entry, hands) {
  const node = make("div", "articles");
  for (const article of entry.articles) {
    const parts = [];
    if (isWeb(article.picurl)) {
      const picture = make("img", "card-picture");
      picture.src = article.picurl;
      picture.alt = "";
      parts.push(picture);
    }
    if (article.description) parts.push(make("span", "card-value", article.description));
    node.append(card(article.title, article.url, parts, hands));
  }
  return node;
}

function question(entry, hands) {
  const node = make("div", "bubble");
  if (entry.text) node.append(words(entry.text, hands));
  for (const choice of entry.choices) {
    const button = make("button", "choice-button", choice.content);
    button.type = "button";
    button.addEventListener("click", () => hands.choose(choice));
    node.append(button);
  }
  if (entry.tail) node.append(words(entry.tail, hands));
  return node;
}

function plain(entry, hands) {
  const node = make("div", "bubble");
  const label = KINDS[entry.kind];
  const place = entry.kind === "location" ? "位置：" : "";
  node.append(label ? make("div", "words", `［${label}］`) : words(place + (entry.text || ""), hands));
  return node;
}

const DRAWN = {template, news: articles, msgmenu: question};

function drawn(entry, hands) {
  if (entry.kind === "fault") return make("p", "system", entry.text);
  const row = make("div", entry.from === "citizen" ? "row mine" : "row theirs");
  const who = make("span", "avatar", entry.from === "citizen" ? "我" : "信");
  who.setAttribute("aria-hidden", "true");
  row.append(who, make("span", "hidden", entry.from === "citizen" ? "我：" : "信用昆明："));
  row.append((DRAWN[entry.kind] || plain)(entry, hands));
  return row;
}

function time(at) {
  const date = new Date(at * 1000);
  const day = date.toDateString() === new Date().toDateString() ? "" :
    `${date.getMonth() + 1}月${date.getDate()}日 `;
  return `${day}${date.getHours()}:${String(date.getMinutes()).padStart(2, "0")}`;
}
