// Gives the fake's answers about backups and copies: what a restoring would say. Nothing is written anywhere.

import type { Answer, Ask } from "./backend";
import type { BackupView, CopyView, Event } from "./contract";
import { clock, fail, golden } from "./golden";

/** The commands that are answered here. */
type Told = "look_at_backup" | "restore" | "copies" | "erase_copy" | "erase_pictures";

/** A backup of the demo world. */
export const kept: BackupView = {
  file: "/home/reader/pepites-2026-11-01.db",
  bytes: 38_400_000,
  posts: 4_633,
  sources: 155,
  starred: 12,
  newest: Date.UTC(2026, 10, 1, 7, 30),
};

const FOLDER = "/home/reader/.local/share/pepites";

export function keeping(
  wish: URLSearchParams,
  changed: (topics: Extract<Event, { changed: unknown }>["changed"]) => null,
): { [C in Told]: (ask: Ask<C>) => Answer<C> } {
  const copy = (name: string, made: number): CopyView => ({ name, file: `${FOLDER}/${name}`, bytes: 37_900_000, made });
  let copies = [copy("library.before-0022.db", Date.UTC(2026, 9, 3))];
  return {
    look_at_backup: (file) => {
      if (wish.has("damaged")) fail({ code: "file_unreadable", detail: { key: "problem.backup.damaged", values: { file } } });
      return { ...kept, file };
    },
    restore: (file) => {
      copies = [copy(`library.kept-${clock() + copies.length}.db`, clock()), ...copies];
      changed(["sources", "posts", "marks", "digests", "settings", "wishes", "contacts"]);
      return { backup: { ...kept, file }, kept: copies[0]?.file ?? "" };
    },
    copies: () => copies,
    erase_copy: (name) => {
      copies = copies.filter((each) => each.name !== name);
      return null;
    },
    erase_pictures: () => {
      golden.library.pictures = 0;
      return null;
    },
  };
}
