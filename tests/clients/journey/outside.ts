// The world outside the API, as the sandbox plays it: text messages, the identity provider.

import { eventually } from "./client.js";

type Texts = { texts: { to: string; text: string }[] };

/** The sandbox, seen by somebody who holds a telephone. */
export class Outside {
  constructor(private readonly sandbox: string) {}

  /** Return the newest code that was sent to a number, once one more has come. */
  async code(number: string, than = 0): Promise<string> {
    const texts = await eventually(
      () => this.texts(number),
      (found) => found.length > than,
    );
    const code = texts.at(-1)?.text.match(/\d{6}/)?.[0];
    if (!code) throw new Error(`no code in ${JSON.stringify(texts.at(-1))}`);
    return code;
  }

  async texts(number: string): Promise<Texts["texts"]> {
    const answer = await fetch(`${this.sandbox}/_control/texts?to=${number}`);
    return ((await answer.json()) as Texts).texts;
  }

  /** Log in at the identity provider as a citizen; return what leads back into the app. */
  async identify(address: string, citizen: string, organisation: string) {
    const page = await fetch(address);
    if (!page.ok || !(await page.text()).includes("我代表的单位")) throw new Error("no such page");
    const form = new URLSearchParams({ citizen, organisation, confirm: "yes" });
    const sent = await fetch(address, { method: "POST", body: form, redirect: "manual" });
    const back = new URL(sent.headers.get("Location") ?? "", address).searchParams;
    return { code: back.get("code") ?? "", state: back.get("state") ?? "" };
  }
}
