// The page: listens to the room, keeps the clock running, and holds phones, ledger and dialogs together.

import { act, h, keyed, refuseWith, timeIn } from "./dom.js";
import { Debrief, NewPhone, Scenarios, Weather } from "./dialogs.js";
import { Ledger } from "./ledger.js";
import { Phone } from "./phone.js";
import { words } from "./words.js";

const PHONE = 316; // pixels one phone takes, with its gap
const LEDGER = 352;
const NARROW = 720;
const TURNS = ["minute", "quarter", "checkIn", "morning", "week"];
const AIMS = { checkIn: "check-in" };

class Page {
  constructor() {
    this.codes = new Map();
    this.phones = [];
    this.shown = [];
    this.parts = {};
    this.debriefed = null;
    this.say = (text) => this.tell(text);
    this.theme(localStorage.getItem("peerbot-theme"));
    this.listen();
    setInterval(() => this.tick(), 500);
    addEventListener("resize", () => this.arrange());
  }

  theme(name) {
    if (name) document.documentElement.dataset.theme = name;
    const dark = name ? name === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    this.dark = dark;
  }

  listen() {
    this.stream?.close();
    this.stream = new EventSource(`events?show=${this.shown.join(",")}`);
    this.stream.onmessage = (event) => {
      const { name, part } = JSON.parse(event.data);
      this.parts[name] = part;
      this.take(name, part);
    };
    this.stream.onerror = () => { if (this.words) this.tell(this.words.gone); };
  }

  take(name, part) {
    if (name === "page") return this.begin(part.locale);
    if (name === "people") this.takePeople(part);
    if (name === "clock") this.takeClock(part);
    if (name === "weather") this.takeWeather(part);
    if (name === "scene") this.takeScene(part);
    if (name === "ledger") this.ledger.show(part);
    if (name.startsWith("phone-")) this.phones.filter((one) => one.wanted === part.id).forEach((one) => one.show(part));
    return undefined;
  }

  begin(locale) {
    if (this.words) return;
    this.locale = locale;
    this.words = words(locale);
    refuseWith(this.words.refusal);
    document.documentElement.lang = locale;
    document.title = `peerbot · ${this.words.title}`;
    this.zoned("UTC");
    this.build();
  }

  zoned(zone) {
    this.zone = zone;
    this.timeOf = timeIn(zone, this.locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    this.dayOf = timeIn(zone, this.locale, { weekday: "short", day: "numeric", month: "short" });
    this.longDay = timeIn(zone, this.locale, { weekday: "long", day: "numeric", month: "long" });
  }

  build() {
    const w = this.words;
    const button = (label, run, name = "bar-button") => h("button", { type: "button", class: name, onclick: run }, label);
    this.clock = h("span", { class: "clock-time" });
    this.day = h("span", { class: "clock-day" });
    this.turns = TURNS.map((name) => button(w[name], () => act("turn", { to: AIMS[name] ?? name }, this.say), "turn"));
    this.stop = button(w.stop, () => act("turn", { to: "stop" }, this.say), "turn stop");
    this.stop.hidden = true;
    this.weatherButton = button(w.weather, () => this.weather.element.showModal());
    this.ledgerButton = button(w.ledger, () => this.toggleLedger());
    this.ledgerButton.setAttribute("aria-controls", "ledger");
    this.scenarios = new Scenarios(this);
    this.weather = new Weather(this);
    this.newPhone = new NewPhone(this);
    this.debrief = new Debrief(this);
    this.ledger = new Ledger(this);
    this.switcher = h("nav", { class: "switcher", "aria-label": w.phones });
    this.row = h("div", { class: "row-of-phones" });
    this.scene = h("section", { class: "scene", hidden: true, "aria-live": "polite" });
    this.notice = h("div", { class: "page-toast", role: "status", hidden: true });
    document.getElementById("room").replaceChildren(
      h("header", { class: "bar" },
        h("div", { class: "brand" }, h("img", { src: "static/icon.svg", alt: "", width: "30", height: "30" }), h("div", {}, h("h1", {}, "peerbot ", h("span", {}, w.title)), h("p", { class: "small" }, w.about))),
        h("div", { class: "clock", role: "group", "aria-label": w.clock }, h("div", { class: "clock-face" }, this.clock, this.day), h("div", { class: "turns" }, ...this.turns, this.stop)),
        h("div", { class: "tools" },
          button(w.scenarios, () => this.scenarios.element.showModal(), "bar-button strong"), this.weatherButton,
          button(w.newPhone, () => this.newPhone.element.showModal()), this.ledgerButton,
          h("button", { type: "button", class: "bar-button icon", "aria-label": w.theme, title: w.theme, onclick: () => this.turnTheme() }, "◐"))),
      this.scene, this.switcher,
      h("main", { class: "stage" }, h("h2", { class: "hidden-title" }, w.phones), this.row, this.ledger.element),
      this.scenarios.element, this.weather.element, this.newPhone.element, this.debrief.element, this.notice);
    this.ledgerOpen = innerWidth >= 1060;
    this.toggleLedger(this.ledgerOpen);
  }

  turnTheme() {
    const name = this.dark ? "light" : "dark";
    localStorage.setItem("peerbot-theme", name);
    this.theme(name);
  }

  toggleLedger(open = !this.ledgerOpen) {
    this.ledgerOpen = open;
    this.ledger.element.hidden = !open;
    this.ledgerButton.setAttribute("aria-expanded", String(open));
    document.body.classList.toggle("with-ledger", open);
    this.arrange();
  }

  arrange() {
    if (!this.order) return;
    const narrow = innerWidth < NARROW;
    const room = innerWidth - (this.ledgerOpen && !narrow ? LEDGER : 0) - 24;
    const count = narrow ? 1 : Math.min(4, Math.max(1, Math.floor(room / PHONE)), this.order.length);
    document.body.classList.toggle("narrow", narrow);
    while (this.phones.length > count) this.phones.pop().element.remove();
    while (this.phones.length < count) {
      const phone = new Phone(this, this.phones.length);
      this.phones.push(phone);
      this.row.append(phone.element);
    }
    this.show(this.order.slice(0, count));
  }

  // Puts somebody's phone into a place; whoever was there and is needed elsewhere changes places with them.
  put(slot, id) {
    const old = this.order.indexOf(id);
    if (old < 0) this.order.unshift(id);
    else [this.order[old], this.order[slot]] = [this.order[slot], id];
    this.show(this.order.slice(0, this.phones.length));
  }

  show(ids) {
    this.phones.forEach((phone, place) => {
      phone.wanted = ids[place];
      phone.people(this.parts.people ?? []);
      const known = this.parts[`phone-${ids[place]}`];
      if (known) phone.show(known);
    });
    this.showSwitcher();
    this.switcher.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (ids.join() === this.shown.join()) return;
    this.shown = ids;
    this.listen();
  }

  takePeople(list) {
    const known = this.order;
    if (!known) {
      const first = ["Ana", "Dr Roth", "Dr Lind"];
      const rank = (one) => (first.includes(one.name) ? first.indexOf(one.name) : first.length);
      this.order = [...list].sort((a, b) => rank(a) - rank(b)).map((one) => one.id);
      this.arrange();
    }
    for (const one of list) if (!this.order.includes(one.id)) this.order.push(one.id);
    this.phones.forEach((phone) => phone.people(list));
    this.showSwitcher();
  }

  showSwitcher() {
    const shown = this.order.slice(0, this.phones.length);
    const parts = ["participant", "counselor", "supervisor", "moderator", "stranger"];
    const list = (this.parts.people ?? []).map((one) => ({ ...one, here: shown.includes(one.id) }))
      .sort((a, b) => parts.indexOf(a.role) - parts.indexOf(b.role) || a.id - b.id);
    keyed(this.switcher, list, (one) => one.id, (one) => h("button", { type: "button", "aria-current": one.here ? "true" : null, onclick: () => this.put(0, one.id) },
      one.name, one.unread && !one.here ? h("span", { class: "badge", "aria-label": `${one.unread} ${this.words.unread}` }, one.unread) : null));
  }

  takeClock(part) {
    if (part.zone !== this.zone) this.zoned(part.zone);
    this.clockSet = { now: part.now, at: performance.now() };
    this.stop.hidden = !part.turning;
    this.turns.forEach((button) => { button.hidden = Boolean(part.turning); });
    this.tick();
  }

  now() {
    return this.clockSet.now + (performance.now() - this.clockSet.at) / 1000;
  }

  clockText() {
    return this.clockSet ? this.timeOf(this.now()) : "";
  }

  dayText() {
    return this.clockSet ? this.longDay(this.now()) : "";
  }

  tick() {
    if (!this.clockSet) return;
    this.clock.textContent = this.clockText();
    this.day.textContent = this.longDay(this.now());
    this.phones.forEach((one) => one.tick());
  }

  takeWeather(part) {
    this.weather.show(part);
    const bad = part.on.length > 0 || part.bot !== "up";
    this.weatherButton.classList.toggle("warned", bad);
    this.weatherButton.textContent = bad ? `${this.words.weather} · ${part.bot !== "up" ? this.words.processStates[part.bot] : part.on.map((one) => this.words.switches[one][0]).join(", ")}` : this.words.weather;
  }

  takeScene({ menu, play }) {
    const w = this.words;
    this.scenarios.show(menu);
    this.scene.hidden = !play || play.state === "done" || play.state === "failed";
    if (!play) { this.debriefed = null; this.playing = null; return; }
    const name = `${play.id}-${play.trainee}`;
    if (this.playing !== name && play.step <= 1) {
      this.playing = name;
      play.phones.forEach((id, place) => { if (place < this.phones.length) this.put(place, id); });
    }
    const waiting = play.state === "waiting";
    const button = (label, what, quiet) => h("button", { type: "button", class: quiet ? "pill quiet" : "pill", onclick: () => act("scene", { do: what }, this.say) }, label);
    this.scene.classList.toggle("waiting", waiting);
    this.scene.replaceChildren(
      h("div", { class: "scene-words" }, h("p", { class: "small" }, h("b", {}, play.title), ` · ${w.step(play.step, play.of)}`), h("p", { class: "scene-line" }, waiting ? h("b", {}, `${w.yourMove}: `) : null, play.line)),
      h("div", { class: "scene-acts" }, waiting ? button(w.showMe, "show", true) : null, waiting ? button(w.skip, "skip", true) : null, button(w.end, "end", true)));
    if (play.summary && this.debriefed !== play.summary) {
      const fresh = JSON.stringify(play.summary);
      if (this.debriefedText !== fresh) { this.debriefedText = fresh; this.debrief.show(play.title, play.summary); }
      this.debriefed = play.summary;
    }
  }

  tell(text) {
    (document.querySelector("dialog[open]") ?? document.getElementById("room")).append(this.notice);
    this.notice.textContent = text;
    this.notice.hidden = false;
    clearTimeout(this.noticeTimer);
    this.noticeTimer = setTimeout(() => { this.notice.hidden = true; }, 6000);
  }
}

window.page = new Page();
