// Takes the title of a source, gives it as it is shown: one without a title is called by its address, of which a scheme, `www.`
// and what follows `#` tell nobody anything.

export function shownTitle(title: string): string {
  const address = /^https?:\/\/(?:www\.)?([^\s#]+)(?:#\S*)?$/i.exec(title);
  return address?.[1]?.replace(/\/$/, "") ?? title;
}
