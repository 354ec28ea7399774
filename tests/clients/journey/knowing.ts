// Knowing: what is public about an entity, what happens to it, what is on record about oneself.

import { done, eventually, got, same, type Phone, type Schemas } from "./client.js";

/** Find an entity by its name; read what it is and its public records. */
export async function query(phone: Phone, uscc: string): Promise<Schemas["Record"][]> {
  const path = { params: { path: { uscc } } };
  const entity = await got(phone.api.GET("/api/v1/entities/{uscc}", path));
  const found = await got(
    phone.api.GET("/api/v1/entities", { params: { query: { q: entity.name } } }),
  );
  same(found.items[0]?.uscc, uscc);
  const records = await got(phone.api.GET("/api/v1/entities/{uscc}/records", path));
  same(records.items.length, Object.values(entity.counts).reduce((sum, count) => sum + count, 0));
  return records.items;
}

/** Follow an entity; an alert comes when something happens to it, and is read. */
export async function follow(phone: Phone, uscc: string): Promise<void> {
  await done(
    phone.api.PUT("/api/v1/me/follows/entities/{uscc}", { params: { path: { uscc } } }),
  );
  const follows = await got(phone.api.GET("/api/v1/me/follows"));
  same(follows.entities.map((each) => each.uscc), [uscc]);
  const inbox = await eventually(
    () => got(phone.api.GET("/api/v1/me/inbox", { params: { query: { unread: true } } })),
    (page) => page.items.some((message) => message.about?.id === uscc),
  );
  const alert = inbox.items.find((message) => message.about?.id === uscc);
  if (!alert?.title || alert.read_at) throw new Error(JSON.stringify(alert));
  await done(
    phone.api.PUT("/api/v1/me/inbox/{message_id}/read", {
      params: { path: { message_id: alert.id } },
    }),
  );
  const unread = await got(phone.api.GET("/api/v1/me/inbox/unread"));
  same(unread.unread_count, inbox.unread_count - 1);
}

/** Read what is on record about oneself, and see that the look was written down. */
export async function look(phone: Phone): Promise<void> {
  const own = await got(phone.api.GET("/api/v1/me/credit"));
  same([own.name, own.items.length], ["张三", 1]);
  if (!own.items[0]?.timeline.length) throw new Error("a record without a timeline");
  const views = await got(phone.api.GET("/api/v1/me/views"));
  if (!views.items.some((view) => view.is_own && view.purpose_label)) {
    throw new Error(`nobody looked: ${JSON.stringify(views.items)}`);
  }
}
