// The dialogs of the room: scenarios, weather, a new phone, and the debrief.

import { act, h, keyed } from "./dom.js";

function dialog(page, name, title, ...children) {
  const heading = `dialog-${name}`;
  const element = h("dialog", { id: name, "aria-labelledby": heading },
    h("div", { class: "dialog-head" }, h("h2", { id: heading }, title),
      h("button", { type: "button", class: "icon", "aria-label": page.words.close, onclick: () => element.close() }, "✕")),
    ...children);
  element.addEventListener("click", (event) => { if (event.target === element) element.close(); });
  return element;
}

export class Scenarios {
  constructor(page) {
    this.page = page;
    this.list = h("ul", { class: "scenes" });
    this.element = dialog(page, "scenarios", page.words.scenarios, h("p", { class: "small" }, page.words.scenariosAbout), this.list);
  }

  show(menu) {
    const w = this.page.words;
    const begin = (id, trainee) => { this.element.close(); act("scenario", { id, trainee }, this.page.say); };
    keyed(this.list, menu, (one) => one.id, (one) => h("li", {},
      h("div", {}, h("h3", {}, one.title), h("p", {}, one.about)),
      h("div", { class: "scene-acts" },
        h("button", { type: "button", class: "pill quiet", "aria-label": `${w.watch}: ${one.title}`, onclick: () => begin(one.id, false) }, w.watch),
        one.trainee ? h("button", { type: "button", class: "pill", "aria-label": `${w.takePart}: ${one.title}`, onclick: () => begin(one.id, true) }, w.takePart) : null)));
  }
}

export class Weather {
  constructor(page) {
    this.page = page;
    const w = page.words;
    this.boxes = Object.entries(w.switches).map(([name, [title, about]]) => {
      const box = h("input", { type: "checkbox", role: "switch", onchange: () => act("weather", { switch: name, on: box.checked }, page.say) });
      box.dataset.name = name;
      return { box, row: h("label", { class: "switch" }, box, h("span", {}, h("b", {}, title), h("span", { class: "small" }, about))) };
    });
    this.state = h("p", { class: "process" });
    const button = (label, what, quiet) => h("button", { type: "button", class: quiet ? "pill quiet" : "pill", onclick: () => act("bot", { do: what }, page.say) }, label);
    this.element = dialog(page, "weather", w.weather, h("p", { class: "small" }, w.weatherAbout), ...this.boxes.map((one) => one.row),
      h("h3", {}, w.process), this.state, h("div", { class: "scene-acts" }, button(w.kill, "kill"), button(w.keepOff, "off", true), button(w.startBot, "start", true)));
  }

  show(data) {
    const w = this.page.words;
    this.boxes.forEach(({ box }) => { box.checked = data.on.includes(box.dataset.name); });
    this.state.textContent = w.processStates[data.bot] + (data.kills ? ` · ${w.kills(data.kills)}` : "");
    this.state.dataset.state = data.bot;
  }
}

export class NewPhone {
  constructor(page) {
    this.page = page;
    const w = page.words;
    const name = h("input", { name: "name", maxlength: "32", required: true, autocomplete: "off" });
    const role = h("select", { name: "role" }, ...["participant", "counselor", "supervisor", "moderator"].map((one) => h("option", { value: one }, w.roles[one])), h("option", { value: "" }, w.nobody));
    const language = h("select", { name: "language" }, h("option", { value: "en" }, "English"), h("option", { value: "es" }, "Español"));
    language.value = page.locale;
    const form = h("form", { class: "fields" }, h("label", {}, w.name, name), h("label", {}, w.role, role), h("label", {}, w.language, language), h("button", { type: "submit", class: "pill" }, w.create));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const { answer } = await act("newcomer", { name: name.value, role: role.value, language: language.value }, page.say);
      if (!answer) return;
      page.codes.set(answer.id, answer.code);
      page.put(0, answer.id);
      name.value = "";
      this.element.close();
    });
    this.element = dialog(page, "newcomer", w.newPhone, form);
  }
}

export class Debrief {
  constructor(page) {
    this.page = page;
    this.content = h("div", { class: "debrief" });
    this.element = dialog(page, "debrief", page.words.debrief, this.content);
  }

  length(seconds) {
    const w = this.page.words;
    return seconds < 60 ? w.seconds(Math.round(seconds)) : w.minutes(Math.round(seconds / 60));
  }

  show(title, summary) {
    const w = this.page.words;
    const list = (items, none) => items.length ? h("ul", {}, ...items.map((one) => h("li", {}, one))) : h("p", {}, none);
    this.content.replaceChildren(
      h("p", { class: "debrief-title" }, title),
      summary.trouble ? h("p", { class: "trouble" }, `${w.notAsWritten}: ${summary.trouble}`) : "",
      ...summary.alerts.map((one) => h("p", { class: "fact" }, h("b", {}, `${w.alert} ${one.id}`), " ",
        one.acknowledged === null ? w.notTaken : `${w.acknowledgedIn} ${this.length(one.acknowledged)}`, " · ",
        one.closed === null ? w.notClosed : `${w.closedIn} ${this.length(one.closed)}`)),
      h("p", { class: "fact" }, h("b", {}, w.pages), ` ${summary.pages}`),
      h("h3", {}, w.rulesSaw), list(summary.rules, w.rulesNothing),
      h("h3", {}, w.missed), list(summary.missed, w.missedNone),
      h("h3", {}, w.takeAway), h("p", {}, summary.lesson));
    this.element.showModal();
  }
}
