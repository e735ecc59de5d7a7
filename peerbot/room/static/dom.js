// Small helpers for building elements. No markup is ever parsed: what people wrote can only become text.

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// Makes `parent` hold one element for each item, reusing those whose key and content have not changed.
export function keyed(parent, items, key, make) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const wanted = items.map((item) => {
    const name = String(key(item));
    const content = JSON.stringify(item);
    const kept = old.get(name);
    if (kept && kept.dataset.content === content) return kept;
    const made = make(item, kept !== undefined);
    made.dataset.key = name;
    made.dataset.content = content;
    return made;
  });
  wanted.forEach((element, place) => {
    if (parent.children[place] !== element) parent.insertBefore(element, parent.children[place] ?? null);
  });
  while (parent.children.length > wanted.length) parent.lastChild.remove();
}

// Refusals come in English; a room in another language says a general sentence of its own instead.
let refusal = "";
export const refuseWith = (text) => { refusal = text; };

export async function act(name, values, told) {
  try {
    const answer = await fetch(`act/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(values),
    });
    const content = await answer.json();
    if (content.error && told) told(refusal || content.error);
    return content;
  } catch {
    if (told) told("…");
    return { error: "gone" };
  }
}

const kinds = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "code", spoiler: "spoiler",
  blockquote: "quote", expandable_blockquote: "quote", text_link: "link", url: "link", mention: "link",
  hashtag: "link", email: "link", phone_number: "link", bot_command: "command",
};

// The text of a message with its formatting, as spans. Offsets are UTF-16 units, as JavaScript counts.
export function formatted(text, entities, onCommand) {
  const cuts = new Set([0, text.length]);
  for (const one of entities) {
    cuts.add(one.offset);
    cuts.add(one.offset + one.length);
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((from, index) => {
    const words = text.slice(from, places[index + 1]);
    const around = entities.filter((one) => one.offset <= from && one.offset + one.length > from);
    const names = around.map((one) => kinds[one.type]).filter(Boolean);
    if (!names.length) return words;
    if (names.includes("command") && onCommand) {
      return h("button", { type: "button", class: "t-command", onclick: () => onCommand(words) }, words);
    }
    const span = h("span", { class: names.map((name) => `t-${name}`).join(" ") }, words);
    if (names.includes("spoiler")) span.addEventListener("click", () => span.classList.add("shown"));
    return span;
  });
}

export function timeIn(zone, locale, options) {
  const format = new Intl.DateTimeFormat(locale === "es" ? "es" : "en-US", { timeZone: zone, ...options });
  return (seconds) => format.format(new Date(seconds * 1000));
}

export function initials(name) {
  const words = name.replace(/^Dra?\.? /, "").split(" ");
  return words.map((word) => [...word][0]).slice(0, 2).join("").toUpperCase();
}

// A colour of six, the same for the same person.
export const hue = (id) => `hue-${Math.abs(Number(id)) % 6}`;
