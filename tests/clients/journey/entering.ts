// Coming in: register with a code to one's telephone, and prove who one is.

import { got, once, same, type Phone } from "./client.js";
import type { Outside } from "./outside.js";

/** Register: the first time that a number signs in, it gets an account. */
export async function register(phone: Phone, outside: Outside, number: string): Promise<string> {
  const policies = await got(phone.api.GET("/api/v1/policies"));
  const agreed = Object.fromEntries(policies.items.map((each) => [each.document, each.version]));
  const before = (await outside.texts(number)).length;
  await got(phone.api.POST("/api/v1/auth/sms-codes", { body: { phone: number } }));
  const pair = await got(
    phone.api.POST("/api/v1/auth/phone", {
      body: {
        phone: number,
        code: await outside.code(number, before),
        device: { installation: "journey-0001", platform: "harmony", name: "HUAWEI Mate 70" },
        agreed: { privacy: agreed["privacy"] ?? "", terms: agreed["terms"] ?? "" },
      },
    }),
  );
  phone.token = pair.access_token;
  return pair.refresh_token;
}

/** Refresh: the old pair is used up. */
export async function refresh(phone: Phone, token: string): Promise<void> {
  const pair = await got(phone.api.POST("/api/v1/auth/refresh", { body: { refresh_token: token } }));
  phone.token = pair.access_token;
}

/** Prove who one is, and whom one represents, at the city's identity provider. */
export async function verify(phone: Phone, outside: Outside, organisation: string): Promise<void> {
  const way = await got(
    phone.api.POST("/api/v1/me/verification", {
      params: { header: once() },
      body: { purpose: "verify" },
    }),
  );
  const answer = await outside.identify(way.authorization_url, "zhangsan", organisation);
  const standing = await got(phone.api.POST("/api/v1/me/verification/complete", { body: answer }));
  same([standing.verified, standing.organisation, standing.fresh], [true, organisation, true]);
}
