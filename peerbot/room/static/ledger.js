// The ledger beside the phones: for every event what was received, decided, queued, sent and acknowledged.

import { h, keyed } from "./dom.js";

export class Ledger {
  constructor(page) {
    this.page = page;
    this.tab = "alerts";
    const w = page.words;
    this.counts = h("p", { class: "counts" });
    this.verdict = h("p", { class: "verdict", role: "status" });
    this.tabs = ["alerts", "flow"].map((name) => h("button", { type: "button", "aria-pressed": String(name === this.tab), onclick: () => this.choose(name) }, w[name]));
    this.list = h("div", { class: "entries", tabindex: "0", role: "region", "aria-label": w.ledger });
    this.element = h("aside", { class: "ledger", id: "ledger", "aria-label": w.ledger },
      h("h2", {}, w.ledger), this.verdict, this.counts, h("div", { class: "tabs" }, ...this.tabs), this.list);
  }

  choose(name) {
    this.tab = name;
    ["alerts", "flow"].forEach((one, place) => this.tabs[place].setAttribute("aria-pressed", String(one === name)));
    this.list.replaceChildren();
    if (this.data) this.show(this.data);
  }

  show(data) {
    this.data = data;
    const w = this.page.words;
    const { received, unhandled, sent, unsent, later, parked } = data.counts;
    const mood = parked ? "stuck" : unhandled || unsent ? "busy" : "calm";
    this.verdict.textContent = w[mood];
    this.verdict.dataset.mood = mood;
    this.counts.textContent = [`${received} ${w.received}`, unhandled ? `${unhandled} ${w.unhandled}` : w.handled, `${sent} ${w.sent}`,
      unsent ? `${unsent} ${w.unsent}` : null, later ? `${later} ${w.later}` : null, parked ? `${parked} ${w.parked}` : null].filter(Boolean).join(" · ");
    if (this.tab === "alerts") this.showAlerts(data.alerts);
    else this.showFlow(data.flow);
  }

  showAlerts(alerts) {
    const w = this.page.words;
    keyed(this.list, alerts.length ? alerts : [{ id: "none" }], (one) => one.id, (one) => one.id === "none" ? h("p", { class: "empty" }, w.noAlerts)
      : h("article", { class: `entry level-${one.level}` },
        h("h3", {}, h("span", { class: "level" }, one.levelText), ` ${w.alert} ${one.id} · ${one.case}`, h("span", { class: "small" }, ` ${one.who}`)),
        h("p", { class: `state state-${one.state}` }, one.state === "closed" && one.outcome ? `${w.states.closed}: ${one.outcome}` : w.states[one.state]),
        h("ul", { class: "why", "aria-label": w.why }, ...one.reasons.map((reason) => h("li", {}, reason.text))),
        h("ol", { class: "history" }, ...one.events.slice(-14).map((event) => h("li", { class: `event-${event.event}` },
          h("time", {}, this.page.timeOf(event.at)), h("span", {}, w.events[event.event] ?? event.event, event.who ? h("b", {}, ` ${event.who}`) : null))))));
  }

  showFlow(flow) {
    const w = this.page.words;
    keyed(this.list, flow.length ? flow : [{ id: "none" }], (one) => one.id, (one) => one.id === "none" ? h("p", { class: "empty" }, w.noFlow) : this.event(one));
  }

  event(one) {
    const w = this.page.words;
    const mark = one.state === "open" ? `${w.waitingFor}${one.attempts ? `, ${w.tries(one.attempts)}` : ""}` : one.state === "parked" ? w.parkedRow : "✓";
    const head = one.kind === "clock" ? w.kinds.clock : `${one.who} ${w.kinds[one.kind] ?? one.kind}`;
    const line = (name, content, state = "") => h("li", { class: state }, h("span", { class: "step" }, w.steps[name]), h("span", {}, content));
    return h("article", { class: "entry flow" },
      h("h3", {}, h("time", {}, this.page.timeOf(one.at)), ` ${head}`, one.words ? h("q", {}, one.words) : null),
      h("ol", { class: "chain" },
        one.kind === "clock" ? null : line("received", mark, one.state),
        one.kind === "clock" && !one.decided.length ? null : line("decided", one.decided.length ? one.decided.map((found) => found.about ? `${found.about}: ${found.text}` : found.text).join(" ") : w.nothingFound, one.decided.length ? "found" : ""),
        ...one.queued.map((row) => line(row.state === "sent" ? "sent" : "queued",
          `${w.methods[row.method] ?? row.method}${row.to ? ` → ${row.to}` : ""} ${this.fate(row)}`, `${row.state} ${row.crisis ? "crisis" : ""}`))));
  }

  fate(row) {
    const w = this.page.words;
    if (row.state === "sent") return row.attempts > 1 ? `✓ (${w.tries(row.attempts)})` : "✓";
    if (row.state === "parked") return `${w.parkedRow}: ${row.failure}`;
    if (row.state === "dropped") return w.dropped;
    return row.attempts ? `${w.waitingFor}, ${w.tries(row.attempts)}` : w.waitingFor;
  }
}
