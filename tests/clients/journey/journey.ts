// The whole way of a citizen through the app, against a live server: `node journey.js`.

import { objection, progress, repair, withdraw } from "./cases.js";
import { Phone, step } from "./client.js";
import { refresh, register, verify } from "./entering.js";
import { follow, look, query } from "./knowing.js";
import { exported, leave } from "./leaving.js";
import { Outside } from "./outside.js";
import { ownReport, report, share } from "./reports.js";

const given = (name: string) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not given`);
  return value;
};
const phone = new Phone(given("API"));
const stranger = new Phone(given("API"));
const outside = new Outside(given("SANDBOX"));
const [number, organisation] = [given("NUMBER"), given("ORGANISATION")];

const token = await step("注册", () => register(phone, outside, number));
await step("刷新令牌", () => refresh(phone, token));
await step("实名核验", () => verify(phone, outside, organisation));
const records = await step("查询", () => query(phone, organisation));
const penalty = records.find((record) => record.kind === "penalty")?.id ?? "";
const listing = records.find((record) => record.kind === "black_list")?.id ?? "";
await step("关注，收到提醒", () => follow(phone, organisation));
await step("看本人信用，谁看过", () => look(phone));
const pdf = await step("单位信用报告", () => report(phone, organisation));
await step("本人信用报告", () => ownReport(phone));
await step("授权码", () => share(phone, stranger));
const objected = await step("异议", () => objection(phone, listing));
const repaired = await step("信用修复", () => repair(phone, penalty, pdf));
await step("查进度", () => progress(phone, stranger, repaired));
await step("撤回", () => withdraw(phone, objected));
await step("导出", () => exported(phone, number, organisation, repaired));
await step("注销", () => leave(phone, repaired));
console.log("走完了");
