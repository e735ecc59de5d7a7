// One phone: lock screen, list of chats, one open chat. Keeps what is being typed; everything else comes from the room.

import { act, formatted, h, hue, initials, keyed } from "./dom.js";

export class Phone {
  constructor(page, slot) {
    this.page = page;
    this.slot = slot;
    this.rung = null;
    this.toasted = null;
    this.answering = null;
    this.changing = null;
    this.keysHidden = false;
    this.build();
  }

  get w() {
    return this.page.words;
  }

  build() {
    const w = this.w;
    this.picker = h("select", { "aria-label": w.whose, onchange: () => this.page.put(this.slot, Number(this.picker.value)) });
    this.role = h("span", { class: "role" });
    this.lockButton = h("button", { type: "button", class: "icon", "aria-label": w.lock, title: w.lock, onclick: () => this.do("lock", { on: !this.data.locked }) }, "🔒");
    this.time = h("span", { class: "status-time" });
    this.body = h("div", { class: "screen-body" });
    this.drop = h("button", { type: "button", class: "drop", hidden: true });
    this.toast = h("div", { class: "toast", role: "status", hidden: true });
    this.element = h("section", { class: "slot" },
      h("div", { class: "holder" }, this.picker, this.role, this.lockButton),
      h("div", { class: "phone" },
        h("div", { class: "status" }, this.time, h("span", { class: "status-signs", "aria-hidden": "true" }, "▂▄▆  100%")),
        h("div", { class: "screen" }, this.body, this.drop, this.toast)));
  }

  do(name, values = {}) {
    return act(name, { person: this.data.id, ...values }, (text) => this.say(text));
  }

  inChat(name, values = {}) {
    return this.do(name, { chat: this.data.open, ...values });
  }

  say(text) {
    this.toast.textContent = text;
    this.toast.hidden = false;
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => { this.toast.hidden = true; }, 4000);
  }

  people(list) {
    keyed(this.picker, list.map((one) => ({ ...one, here: this.data?.id === one.id ? 0 : one.unread })), (one) => one.id,
      (one) => h("option", { value: one.id }, one.here ? `${one.name} (${one.here})` : one.name));
    if (this.data) this.picker.value = String(this.data.id);
  }

  show(data) {
    const other = this.data?.id !== data.id;
    if (other) { this.rung = null; this.toasted = null; this.answering = null; this.changing = null; this.view = ""; }
    this.data = data;
    this.picker.value = String(data.id);
    this.element.setAttribute("aria-label", `${data.name}, ${this.w.roles[data.role]}`);
    this.element.dataset.who = data.name;
    this.role.textContent = this.w.roles[data.role];
    this.lockButton.textContent = data.locked ? "🔓" : "🔒";
    this.lockButton.setAttribute("aria-label", data.locked ? this.w.unlock : this.w.lock);
    this.lockButton.title = data.locked ? this.w.unlock : this.w.lock;
    const view = data.locked ? "lock" : data.chat ? `chat-${data.chat.id}` : "list";
    if (view !== this.view) this.begin(view);
    if (view === "lock") this.showLock();
    else if (view === "list") this.showList();
    else this.showChat();
    this.ring();
    this.tick();
  }

  begin(view) {
    this.view = view;
    this.answering = this.changing = null;
    this.menu = null;
    if (view === "lock") this.beginLock();
    else if (view === "list") this.beginList();
    else this.beginChat();
  }

  tick() {
    if (!this.data) return;
    this.time.textContent = this.page.clockText();
    if (this.bigTime) {
      this.bigTime.textContent = this.page.clockText();
      this.bigDay.textContent = this.page.dayText();
    }
  }

  ring() {
    const ring = this.data.ring;
    const fresh = ring && this.rung !== null && ring.n > this.rung;
    this.rung = ring ? ring.n : 0;
    if (fresh && !this.data.locked && ring.chat !== this.data.open) {
      this.drop.replaceChildren(...this.banner(ring));
      this.drop.onclick = () => { this.drop.hidden = true; this.do("show", { chat: ring.chat }); };
      this.drop.hidden = false;
      clearTimeout(this.dropTimer);
      this.dropTimer = setTimeout(() => { this.drop.hidden = true; }, 5000);
    }
    const toast = this.data.toast;
    if (toast && this.toasted !== null && toast.n > this.toasted && toast.text) this.say(toast.text);
    this.toasted = toast ? toast.n : 0;
  }

  banner(one) {
    return [
      h("span", { class: "banner-head" }, h("span", { class: "banner-app", "aria-hidden": "true" }, "✈"),
        h("b", {}, one.group ? `${one.sender} · ${one.group}` : one.sender),
        one.silent ? h("span", { title: this.w.silent, role: "img", "aria-label": this.w.silent }, "🔕") : null,
        h("span", { class: "when" }, this.page.timeOf(one.at))),
      h("span", { class: "banner-text" }, one.text),
    ];
  }

  beginLock() {
    this.bigTime = h("div", { class: "lock-time" });
    this.bigDay = h("div", { class: "lock-day" });
    this.bannerList = h("ul", { class: "banners", "aria-label": this.w.locked });
    this.body.replaceChildren(h("div", { class: "lock" }, this.bigTime, this.bigDay, this.bannerList,
      h("button", { type: "button", class: "unlock", onclick: () => this.do("lock", { on: false }) }, this.w.unlock)));
  }

  showLock() {
    const banners = [...this.data.banners].reverse();
    keyed(this.bannerList, banners.length ? banners : [{ none: true }], (one) => one.none ? "none" : `${one.chat}-${one.at}-${one.text}`, (one) =>
      one.none ? h("li", { class: "no-banners" }, this.w.noBanners)
        : h("li", {}, h("button", { type: "button", class: "banner", onclick: () => this.do("show", { chat: one.chat }) }, ...this.banner(one))));
  }

  beginList() {
    this.bigTime = null;
    this.chatList = h("ul", { class: "chats" });
    this.doorList = h("ul", { class: "doors" });
    this.body.replaceChildren(h("div", { class: "list" }, h("h3", {}, this.w.chats), this.chatList, this.doorList));
  }

  showList() {
    keyed(this.chatList, this.data.chats, (one) => one.id, (one) => h("li", {},
      h("button", { type: "button", class: "chat-line", onclick: () => this.do("show", { chat: one.id }) },
        h("span", { class: `avatar ${one.group ? hue(one.id) : "hue-0"}`, "aria-hidden": "true" }, initials(one.title)),
        h("span", { class: "chat-name" }, one.title, one.group ? h("span", { class: "small", "aria-hidden": "true" }, " 👥") : null),
        h("span", { class: "when" }, one.at ? this.page.timeOf(one.at) : ""),
        h("span", { class: "chat-last" }, this.preview(one)),
        one.unread ? h("span", { class: "badge", "aria-label": `${one.unread} ${this.w.unread}` }, one.unread) : null)));
    keyed(this.doorList, this.data.doors, (one) => one.id, (one) => h("li", {},
      h("span", { class: "door-name" }, one.title),
      h("button", { type: "button", class: "pill", onclick: () => this.do("join", { chat: one.id }) }, this.w.join),
      h("button", { type: "button", class: "pill quiet", onclick: () => this.do("ask", { chat: one.id }) }, this.w.knock)));
  }

  preview(one) {
    if (one.note) return this.noteText(one.note);
    return one.last || this.w.media[one.kind] || (one.at ? "" : this.w.start);
  }

  beginChat() {
    const w = this.w;
    this.bigTime = null;
    this.title = h("span", { class: "chat-title" });
    this.subtitle = h("span", { class: "small" });
    this.avatar = h("span", { class: "avatar", "aria-hidden": "true" });
    this.pin = h("div", { class: "pin", hidden: true });
    this.side = h("div", { class: "side", hidden: true });
    this.log = h("div", { class: "log", role: "log", "aria-label": w.messagesIn, tabindex: "0" });
    this.above = h("div", { class: "above", hidden: true });
    this.offers = h("ul", { class: "offers", hidden: true, "aria-label": w.commands });
    this.input = h("textarea", { rows: "1", "aria-label": w.message, placeholder: w.message, maxlength: "4096",
      oninput: () => this.typed(), onkeydown: (event) => this.keyed(event) });
    this.slash = h("button", { type: "button", class: "icon", "aria-label": w.commands, title: w.commands, onclick: () => { this.input.value = "/"; this.typed(); this.input.focus(); } }, "/");
    this.keysButton = h("button", { type: "button", class: "icon", "aria-label": w.keyboard, title: w.keyboard, onclick: () => { this.keysHidden = !this.keysHidden; this.showKeys(); } }, "⌨");
    this.keys = h("div", { class: "keys" });
    this.form = h("form", { class: "write", onsubmit: (event) => { event.preventDefault(); this.send(); } },
      this.slash, this.input, this.keysButton, h("button", { type: "submit", class: "icon send", "aria-label": w.send, title: w.send }, "➤"));
    this.instead = h("div", { class: "instead", hidden: true });
    this.body.replaceChildren(h("div", { class: "chat" },
      h("div", { class: "chat-head" },
        h("button", { type: "button", class: "icon", "aria-label": w.back, title: w.back, onclick: () => this.do("show") }, "‹"),
        this.avatar, h("span", { class: "chat-names" }, this.title, this.subtitle),
        h("button", { type: "button", class: "icon", "aria-label": w.more, title: w.more, onclick: () => this.openSide() }, "⋮")),
      this.pin, this.side, this.log, this.offers, this.above, this.form, this.instead, this.keys));
    this.fresh = true;
  }

  showChat() {
    const chat = this.data.chat;
    this.low = this.fresh || this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60;
    this.title.textContent = chat.title;
    this.subtitle.textContent = chat.group ? this.w.members(chat.members.filter((one) => one.status !== "kicked").length) : this.w.bot;
    this.avatar.className = `avatar ${chat.group ? hue(chat.id) : "hue-0"}`;
    this.avatar.textContent = initials(chat.title);
    this.pin.hidden = !chat.pinned;
    this.pin.textContent = chat.pinned ? `📌 ${chat.pinned}` : "";
    keyed(this.log, this.withDays(chat.messages), (one) => one.day ? `day-${one.day}` : one.id, (one) => one.day ? h("p", { class: "day" }, one.day) : this.bubble(one));
    if (this.low) requestAnimationFrame(() => this.toEnd());
    this.fresh = false;
    if (!this.side.hidden) this.fillSide();
    this.showInstead();
    this.showKeys();
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  withDays(messages) {
    let last = "";
    return messages.flatMap((one) => {
      const day = this.page.dayOf(one.at);
      const found = day === last ? [one] : [{ day }, one];
      last = day;
      return found;
    });
  }

  bubble(one) {
    if (one.service) return h("p", { class: "note" }, this.noteText(one.service));
    const group = this.data.chat.group;
    const signs = [
      one.edited ? h("span", {}, this.w.edited) : null,
      one.protected ? h("span", { role: "img", title: this.w.protected, "aria-label": this.w.protected }, "🛡") : null,
      one.silent ? h("span", { role: "img", title: this.w.silent, "aria-label": this.w.silent }, "🔕") : null,
      h("span", {}, this.page.timeOf(one.at)),
    ];
    return h("article", { class: `bubble ${one.own ? "own" : "other"}`, "data-id": one.id },
      h("div", { class: "words" },
        group && !one.own ? h("div", { class: `sender ${hue(one.name.length + one.name.charCodeAt(0))}` }, one.name) : null,
        one.reply ? h("div", { class: "quote" }, h("b", {}, one.reply.name), h("span", {}, one.reply.text)) : null,
        one.photo ? h("img", { src: `file/${one.photo}`, alt: one.text || this.w.photo, onload: () => { if (this.low) this.toEnd(); } }) : null,
        one.kind !== "text" && !one.photo ? h("div", { class: "medium" }, this.w.media[one.kind] ?? one.kind) : null,
        one.text ? h("div", { class: "text" }, ...formatted(one.text, one.entities, (command) => this.inChat("write", { text: command }))) : null,
        h("div", { class: "signs" }, ...signs),
        h("button", { type: "button", class: "dots", "aria-label": this.w.more, onclick: (event) => this.openMenu(event.currentTarget, one) }, "⋯")),
      one.buttons.length ? h("div", { class: "inline" }, ...one.buttons.map((row, r) => h("div", { class: "row" }, ...row.map((button, c) =>
        h("button", { type: "button", onclick: (event) => this.tap(event.currentTarget, one, r, c) }, button.text, button.link ? h("span", { "aria-hidden": "true" }, " ↗") : null))))) : null);
  }

  noteText(note) {
    const make = this.w.notes[note.kind] ?? this.w.notes.other;
    return make(note.names.join(", "), note.by);
  }

  async tap(button, message, row, column) {
    button.classList.add("pressed");
    setTimeout(() => button.classList.remove("pressed"), 1200);
    const { answer } = await this.inChat("tap", { message: message.id, row, column });
    if (answer?.link) this.say(this.w.link(answer.link));
  }

  openMenu(button, one) {
    const old = this.menu;
    this.menu?.remove();
    this.menu = null;
    if (old?.dataset.of === String(one.id)) return;
    const item = (label, run) => h("button", { type: "button", onclick: () => { this.menu.remove(); this.menu = null; run(); } }, label);
    this.menu = h("div", { class: "menu", "data-of": one.id },
      item(this.w.reply, () => { this.answering = one; this.changing = null; this.showAbove(); this.input.focus(); }),
      one.editable ? item(this.w.edit, () => { this.changing = one; this.answering = null; this.input.value = one.text; this.showAbove(); this.input.focus(); }) : null,
      one.deletable ? item(this.w.delete, () => this.inChat("delete", { message: one.id })) : null);
    this.menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { this.menu.remove(); this.menu = null; button.focus(); } });
    button.closest(".bubble").append(this.menu);
    this.menu.firstChild.focus();
  }

  showAbove() {
    const one = this.answering ?? this.changing;
    this.above.hidden = !one;
    if (!one) return;
    this.above.replaceChildren(
      h("span", {}, h("b", {}, this.answering ? this.w.replyingTo(one.name) : this.w.editing), h("span", { class: "cut" }, one.text)),
      h("button", { type: "button", class: "icon", "aria-label": this.w.cancel, onclick: () => { if (this.changing) this.input.value = ""; this.answering = this.changing = null; this.showAbove(); } }, "✕"));
  }

  typed() {
    const text = this.input.value;
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 110)}px`;
    const offered = /^\/\w*$/.test(text) ? this.data.chat.menu.filter((one) => one.command.startsWith(text.slice(1).toLowerCase())) : [];
    this.offers.hidden = !offered.length;
    keyed(this.offers, offered, (one) => one.command, (one) => h("li", {},
      h("button", { type: "button", onclick: () => { this.input.value = ""; this.typed(); this.inChat("write", { text: `/${one.command}` }); this.input.focus(); } },
        h("b", {}, `/${one.command}`), h("span", {}, one.description))));
  }

  keyed(event) {
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); this.send(); }
    if (event.key === "Tab" && !this.offers.hidden && !event.shiftKey) {
      event.preventDefault();
      this.input.value = this.offers.querySelector("b").textContent;
      this.typed();
    }
    if (event.key === "Escape") { this.offers.hidden = true; this.answering = this.changing = null; this.showAbove(); }
  }

  async send() {
    const text = this.input.value.trim();
    if (!text) return;
    const asked = this.changing ? this.inChat("edit", { message: this.changing.id, text })
      : this.inChat("write", { text, reply: this.answering?.id ?? null });
    this.input.value = "";
    this.answering = this.changing = null;
    this.showAbove();
    this.typed();
    const { error } = await asked;
    if (error) this.input.value = text;
    this.low = true;
    this.toEnd();
  }

  showInstead() {
    const chat = this.data.chat;
    const button = (label, run) => h("button", { type: "button", class: "big", onclick: run }, label);
    let instead = null;
    if (!chat.group && this.data.blocked) instead = [h("span", {}, this.w.blocked), button(this.w.unblock, () => this.do("block", { on: false }))];
    else if (!chat.started) instead = [button(this.w.start, () => this.do("start", { code: this.page.codes.get(this.data.id) ?? "" }))];
    else if (chat.group && chat.may.write === false) instead = [h("span", {}, this.w.mayNotWrite)];
    const key = instead ? instead.map((one) => one.textContent).join() : "";
    if (this.instead.dataset.key !== key) { this.instead.dataset.key = key; this.instead.replaceChildren(...(instead ?? [])); }
    this.instead.hidden = !instead;
    this.form.hidden = Boolean(instead);
  }

  showKeys() {
    const rows = this.form.hidden ? [] : this.data.chat.keyboard;
    this.keysButton.hidden = !rows.length;
    this.keys.hidden = !rows.length || this.keysHidden;
    keyed(this.keys, rows, (row) => row.join("|"), (row) => h("div", { class: "row" }, ...row.map((text) =>
      h("button", { type: "button", onclick: () => this.inChat("write", { text }) }, text))));
  }

  openSide() {
    this.side.hidden = !this.side.hidden;
    if (!this.side.hidden) { this.fillSide(); this.side.querySelector("button")?.focus(); }
  }

  fillSide() {
    const { chat, blocked } = this.data;
    const w = this.w;
    const button = (label, run, quiet = true) => h("button", { type: "button", class: quiet ? "pill quiet" : "pill", onclick: run }, label);
    const items = [];
    if (!chat.group) items.push({ k: "p", a: blocked });
    else {
      items.push(...chat.requests.map((one) => ({ k: "r", ...one })));
      items.push(...chat.members.map((one) => ({ k: "m", ...one, may: chat.may })));
      items.push({ k: "g", bot: chat.members.some((one) => one.bot && one.status !== "kicked") });
    }
    keyed(this.side, items, (one) => `${one.k}${one.id ?? ""}`, (one) => {
      if (one.k === "p") return h("div", { class: "person" }, button(w.sendPhoto, () => this.inChat("photo", { text: "" })), button(blocked ? w.unblock : w.block, () => this.do("block", { on: !blocked })));
      if (one.k === "g") return h("div", { class: "person" }, button(w.sendPhoto, () => this.inChat("photo", { text: "" })), one.bot ? null : button(w.addBot, () => this.inChat("add_bot")), button(w.leave, () => this.inChat("leave")));
      if (one.k === "r") return h("div", { class: "person" }, h("span", {}, h("b", {}, one.name), ` ${w.wantsIn}`), button(w.approve, () => this.inChat("approve", { other: one.id }), false), button(w.decline, () => this.inChat("decline", { other: one.id })));
      const other = { other: one.id };
      const admin = one.status === "administrator";
      const acts = one.you || one.status === "creator" ? [] : [
        one.may.promote && one.status !== "kicked" ? button(admin ? w.demote : w.promote, () => this.inChat("promote", { ...other, on: !admin })) : null,
        one.may.ban && one.status !== "kicked" ? button(w.remove, () => this.inChat("remove", other)) : null,
        one.may.ban ? button(one.status === "kicked" ? w.unban : w.ban, () => this.inChat("ban", { ...other, on: one.status !== "kicked" })) : null];
      return h("div", { class: "person" }, h("span", {}, h("b", {}, one.name), one.you ? ` (${w.you})` : "", h("span", { class: "small" }, ` ${w.statuses[one.status] ?? ""}`)), ...acts);
    });
  }
}
