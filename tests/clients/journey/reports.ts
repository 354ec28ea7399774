// Reports and shares: what others are given, and how they see that it is good.

import { createHash } from "node:crypto";
import { done, eventually, got, once, refused, same, type Phone } from "./client.js";

/** Request a report about an entity, wait until it is made, download it, and have it verified. */
export async function report(phone: Phone, uscc: string): Promise<Buffer> {
  const asked = await got(
    phone.api.POST("/api/v1/entities/{uscc}/reports", {
      params: { path: { uscc }, header: once() },
      body: { purpose: "bidding" },
    }),
  );
  return finished(phone, asked.id);
}

/** Request a report about oneself. */
export async function ownReport(phone: Phone): Promise<void> {
  const asked = await got(
    phone.api.POST("/api/v1/me/reports", {
      params: { header: once() },
      body: { purpose: "self_check" },
    }),
  );
  await finished(phone, asked.id);
}

/** Let somebody ask one question about oneself, once, and revoke another code. */
export async function share(phone: Phone, stranger: Phone): Promise<void> {
  const give = () =>
    got(
      phone.api.POST("/api/v1/me/shares", {
        params: { header: once() },
        body: { about: "person", days: 7, uses: 1, note: "房东" },
      }),
    );
  const ask = (code: string) => stranger.api.POST("/api/v1/shares/answer", { body: { code } });
  const [used, revoked] = [await give(), await give()];
  const reply = await got(ask(used.code));
  same([reply.has_serious_dishonesty, reply.name], [false, null]);
  const path = { params: { path: { share_id: revoked.id } } };
  await done(phone.api.DELETE("/api/v1/me/shares/{share_id}", path));
  same([await refused(ask(used.code)), await refused(ask(revoked.code))], [
    "share_not_valid",
    "share_not_valid",
  ]);
  const log = await got(
    phone.api.GET("/api/v1/me/shares/{share_id}", { params: { path: { share_id: used.id } } }),
  );
  same([log.uses, log.log.length], [1, 1]);
}

async function finished(phone: Phone, operation: string): Promise<Buffer> {
  const ended = await eventually(
    () =>
      got(
        phone.api.GET("/api/v1/operations/{operation_id}", {
          params: { path: { operation_id: operation } },
        }),
      ),
    (found) => found.state === "done" || found.state === "failed",
  );
  const number = ended.result_url?.split("/").at(-1) ?? "";
  const path = { params: { path: { report_no: number } } };
  const made = await got(phone.api.GET("/api/v1/reports/{report_no}", path));
  const file = await got(
    phone.api.GET("/api/v1/reports/{report_no}/file", { ...path, parseAs: "arrayBuffer" }),
  );
  const pdf = Buffer.from(file as unknown as ArrayBuffer);
  const sha256 = createHash("sha256").update(pdf).digest("hex");
  same([pdf.subarray(0, 5).toString(), sha256], ["%PDF-", made.sha256]);
  const byCode = await got(
    phone.api.GET("/api/v1/reports/{report_no}/verification", {
      params: { ...path.params, query: { code: made.verify_code ?? "" } },
    }),
  );
  const byFile = await got(phone.api.POST("/api/v1/report-verifications", { body: { sha256 } }));
  same([byCode.standing, byFile.standing, byFile.report_no], ["valid", "valid", made.report_no]);
  return pdf;
}
