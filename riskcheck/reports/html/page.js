"use strict";
(() => {
  const root = document.documentElement;
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const list = one("#list");
  const findings = all(".finding");
  const chips = all("[data-filter]");
  const orders = all("[data-sort]");
  const search = one("#search");
  const cell = one("#cell");
  let grid = {}; // what a cell of a grid asks for: likelihood and impact
  let order = { key: "order", down: false };

  // ------------------------------------------------------------ filters

  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const words = new Map();
  const text = (finding) => {
    if (!words.has(finding)) words.set(finding, plain(finding.textContent));
    return words.get(finding);
  };
  const pressed = (group) => chips.filter((chip) => chip.dataset.filter === group && isOn(chip)).map((chip) => chip.dataset.value);
  const isOn = (button) => button.getAttribute("aria-pressed") === "true";
  const press = (button, on) => button.setAttribute("aria-pressed", String(on));
  const groups = [...new Set(chips.map((chip) => chip.dataset.filter))];

  function show() {
    const wanted = groups.map((group) => [group, pressed(group)]).filter(([, values]) => values.length);
    const terms = plain(search.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const finding of findings) {
      const data = finding.dataset;
      const fits =
        wanted.every(([group, values]) => (data[group] || "").split(" ").some((value) => values.includes(value))) &&
        Object.entries(grid).every(([key, value]) => data[key] === value) &&
        terms.every((term) => text(finding).includes(term));
      finding.hidden = !fits;
      shown += fits;
    }
    for (const number of all("#status .shown")) number.textContent = String(shown);
    one("#none").hidden = shown > 0;
    showCell();
  }

  function showCell() {
    cell.hidden = !grid.likelihood;
    if (cell.hidden) return;
    cell.replaceChildren(
      said("en", `Only likelihood ${grid.likelihood}, impact ${grid.impact}`),
      said("zh-CN", `仅显示可能性 ${grid.likelihood}、影响 ${grid.impact}`),
    );
  }

  function said(lang, words) {
    const span = document.createElement("span");
    span.lang = lang;
    span.textContent = words;
    return span;
  }

  function clear() {
    for (const chip of chips) press(chip, false);
    search.value = "";
    grid = {};
  }

  for (const chip of chips) {
    chip.addEventListener("click", () => {
      press(chip, !isOn(chip));
      show();
    });
  }
  search.addEventListener("input", show);
  one("#clear").addEventListener("click", () => {
    clear();
    show();
  });
  for (const link of all(".heat a, .matrix a")) {
    link.addEventListener("click", () => {
      const { likelihood, impact, phase, element } = link.dataset;
      clear();
      if (likelihood) grid = { likelihood, impact };
      for (const chip of chips) {
        const { filter, value } = chip.dataset;
        if ((filter === "phase" && value === phase) || (filter === "element" && value === element)) press(chip, true);
      }
      show();
    });
  }

  // ------------------------------------------------------------ order

  function sort() {
    const { key, down } = order;
    const number = key === "order" || key === "rating";
    const compare = (a, b) => {
      const [left, right] = [a.dataset[key], b.dataset[key]];
      const found = number ? left - right : left < right ? -1 : Number(left > right);
      return (down ? -found : found) || a.dataset.order - b.dataset.order;
    };
    list.append(...[...findings].sort(compare));
    for (const button of orders) {
      const on = button.dataset.sort === key;
      press(button, on);
      button.classList.toggle("down", on && down);
      button.classList.toggle("up", on && !down);
    }
  }

  for (const button of orders) {
    button.addEventListener("click", () => {
      const key = button.dataset.sort;
      const again = order.key === key;
      order = { key, down: again ? !order.down : key === "rating" };
      sort();
    });
  }

  // ------------------------------------------------------------ unfolding

  const unfold = (open) => {
    for (const finding of findings) if (!finding.hidden) one("details", finding).open = open;
  };
  one("#unfold").addEventListener("click", () => unfold(true));
  one("#fold").addEventListener("click", () => unfold(false));

  function goTo() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.classList.contains("finding")) return;
    if (target.hidden) {
      clear();
      show();
    }
    const details = one("details", target);
    details.open = true;
    one("summary", target).focus({ preventScroll: true });
    target.scrollIntoView({ block: "start" });
  }
  addEventListener("hashchange", goTo);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#f-']");
    if (link && link.getAttribute("href") === location.hash) goTo();
  });

  // ------------------------------------------------------------ print

  let folded = [];
  addEventListener("beforeprint", () => {
    const open = all("details:not([open])").filter((each) => !each.closest(".finding[data-outcome=pass], .finding[data-outcome=not_applicable]"));
    for (const each of open) each.open = true;
    folded.push(...open);
  });
  addEventListener("afterprint", () => {
    for (const each of folded) each.open = false;
    folded = [];
  });

  // ------------------------------------------------------------ language, light and dark

  const languages = all("[data-lang]");
  function speak(lang) {
    root.lang = lang;
    const title = one("title");
    title.textContent = lang === "en" ? title.dataset.en : title.dataset.zh;
    for (const button of languages) press(button, button.dataset.lang === lang);
  }
  for (const button of languages) button.addEventListener("click", () => speak(button.dataset.lang));

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const mark = () => root.classList.toggle("is-dark", isDark());
  dark.addEventListener("change", mark);
  one("#theme").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    mark();
  });

  // ------------------------------------------------------------ at the start

  const wide = innerWidth > 860;
  one(".more-filters").open = wide;
  for (const each of all(".more")) each.open = wide && all("li", each).length <= 6;
  for (const each of all(".scripted")) each.hidden = false;
  speak(root.lang);
  mark();
  sort();
  show();
  addEventListener("load", goTo);
})();
