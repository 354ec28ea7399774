// Leaving: taking along what is kept about oneself, and being forgotten.

import { withdraw } from "./cases.js";
import { done, got, refused, same, type Phone } from "./client.js";

/** Export all that is kept about oneself: the number, the cases, whom one follows. */
export async function exported(phone: Phone, ...held: string[]): Promise<void> {
  const told = await got(phone.api.GET("/api/v1/me/export"));
  const text = JSON.stringify(told).replaceAll("-", "");
  const missing = held.filter((each) => !text.includes(each.replaceAll("-", "")));
  if (missing.length) throw new Error(`not in the export: ${missing}`);
}

/** Delete the account, which waits for open cases; then the token opens nothing any more. */
export async function leave(phone: Phone, code: string): Promise<void> {
  same(await refused(phone.api.DELETE("/api/v1/me")), "open_cases");
  await withdraw(phone, code);
  await done(phone.api.DELETE("/api/v1/me"));
  same(await refused(phone.api.GET("/api/v1/me")), "unauthorised");
}
