// The client: what openapi-typescript read out of the document, and fetch.

import { randomUUID } from "node:crypto";
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

export type Api = ReturnType<typeof createClient<paths>>;
export type Schemas = components["schemas"];
type Answer<T> = { data?: T; error?: unknown; response: Response };

/** Somebody with a telephone; `token` is whoever is signed in on it. */
export class Phone {
  readonly api: Api;
  token: string | undefined;

  constructor(readonly url: string) {
    this.api = createClient<paths>({ baseUrl: url });
    this.api.use({
      onRequest: ({ request }) => {
        if (this.token) request.headers.set("Authorization", `Bearer ${this.token}`);
        return request;
      },
    });
  }
}

/** A new key for one submission: the same for every try of it. */
export const once = () => ({ "Idempotency-Key": randomUUID() });

/** Return what was answered, or fail with what was refused and why. */
export async function got<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asked;
  if (!response.ok || data === undefined) throw new Error(told(response, error));
  return data;
}

/** See that something was done that has no answer but its status. */
export async function done(asked: Promise<Answer<unknown>>): Promise<void> {
  const { error, response } = await asked;
  if (!response.ok) throw new Error(told(response, error));
}

/** Return the code of the problem by which something was refused; fail if it was not. */
export async function refused(asked: Promise<Answer<unknown>>): Promise<string> {
  const { error, response } = await asked;
  if (response.ok) throw new Error(`${response.url} was not refused`);
  return (error as Schemas["Problem"]).code;
}

const told = (response: Response, error: unknown) =>
  `${response.url}: ${response.status} ${JSON.stringify(error)}`;

/** Ask again until an answer will do. */
export async function eventually<T>(
  ask: () => Promise<T>,
  will: (answer: T) => boolean,
  seconds = 90,
): Promise<T> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (will(answer)) return answer;
    if (Date.now() > until) throw new Error(`never came: ${will}\n${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Say which part of the journey begins; fail with its name. */
export async function step<T>(name: string, take: () => Promise<T>): Promise<T> {
  console.log(name);
  try {
    return await take();
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

export function same<T>(found: T, wanted: T): void {
  const [left, right] = [found, wanted].map((value) => JSON.stringify(value));
  if (left !== right) throw new Error(`${left} is not ${right}`);
}
