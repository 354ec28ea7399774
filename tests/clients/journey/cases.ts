// Cases: evidence, an objection and a repair; how they go on, and taking one back.

import { eventually, got, once, refused, same, type Phone, type Schemas } from "./client.js";

// A photograph, as small as one can be.
export const PHOTO = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Upload a file, and wait until it was examined. */
async function upload(phone: Phone, file: Buffer, name: string): Promise<string> {
  const form = new FormData();
  form.append("file", new Blob([file]), name);
  const sent = await got(
    phone.api.POST("/api/v1/evidence", {
      params: { header: once() },
      body: form as unknown as { file: string },
      bodySerializer: (body) => body as unknown as FormData,
    }),
  );
  const path = { params: { path: { evidence_id: sent.id } } };
  const examined = await eventually(
    () => got(phone.api.GET("/api/v1/evidence/{evidence_id}", path)),
    (found) => found.state !== "pending",
  );
  same([examined.state, examined.flaw, examined.name], ["clean", null, name]);
  return sent.id;
}

/** Object to a record with a photograph as evidence; another objection to it is refused. */
export async function objection(phone: Phone, record: string): Promise<string> {
  const may = await eligibility(phone, record);
  same(may.objection.may, true);
  const body = {
    record_id: record,
    grounds: ["wrong" as const],
    statement: "处罚金额与决定书不符",
    evidence: [await upload(phone, PHOTO, "决定书.png")],
  };
  const header = once();
  const file = () => phone.api.POST("/api/v1/objections", { params: { header }, body });
  const filed = await got(file());
  // An answer that got lost is asked for again under the same key: nothing is filed twice.
  same((await got(file())).receipt_code, filed.receipt_code);
  same(await refused(phone.api.POST("/api/v1/objections", { params: { header: once() }, body })), "already_open");
  return filed.receipt_code;
}

/** Ask for the repair of a record, with a document as evidence and the promise that it takes. */
export async function repair(phone: Phone, record: string, proof: Buffer): Promise<string> {
  const may = await eligibility(phone, record);
  same(may.repair.may, true);
  const filed = await got(
    phone.api.POST("/api/v1/repairs", {
      params: { header: once() },
      body: {
        record_id: record,
        statement: "已缴清罚款，已经整改",
        evidence: [await upload(phone, proof, "缴款凭证.pdf")],
        promised: may.repair.promise !== null,
        promise_version: may.repair.promise_version,
      },
    }),
  );
  return filed.receipt_code;
}

/** Follow the progress of a case: anybody with its code sees the step and by when, and no more. */
export async function progress(phone: Phone, stranger: Phone, code: string): Promise<void> {
  const seen = await got(
    stranger.api.GET("/api/v1/cases/{code}", { params: { path: { code } } }),
  );
  const mine = await got(phone.api.GET("/api/v1/me/cases/{code}", { params: { path: { code } } }));
  same([seen.state, seen.due_on, seen.holder], [mine.state, mine.due_on, mine.holder]);
  if ("statement" in seen || mine.evidence.length !== 1) throw new Error(JSON.stringify(seen));
}

/** Take a case back, as it was when it was last seen; once more is refused. */
export async function withdraw(phone: Phone, code: string): Promise<void> {
  const path = { code };
  const seen = await phone.api.GET("/api/v1/me/cases/{code}", { params: { path } });
  const take = (tag: string) =>
    phone.api.POST("/api/v1/me/cases/{code}/withdrawal", {
      params: { path, header: { ...once(), "If-Match": tag } },
    });
  const tag = seen.response.headers.get("ETag") ?? "";
  same(await refused(take('W/"of-long-ago"')), "precondition_failed");
  same((await got(take(tag))).state, "withdrawn");
  same(await refused(take("*")), "case_closed");
  const cases = await got(phone.api.GET("/api/v1/me/cases"));
  same(cases.items.length, 2);
}

async function eligibility(phone: Phone, record: string): Promise<Schemas["RecordEligibility"]> {
  const path = { params: { path: { record_id: record } } };
  return got(phone.api.GET("/api/v1/records/{record_id}/eligibility", path));
}
