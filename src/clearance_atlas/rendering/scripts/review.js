"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const documents = [...document.querySelectorAll(".document")];
  const entries = [];

  const shown = () => documents.filter((one) => !one.hidden);
  const count = () => { byId("shown").textContent = `${shown().length} of ${documents.length} documents shown`; };
  const wanted = {
    all: () => true,
    doubt: (one) => Number(one.dataset.doubt) > 0,
    conflict: (one) => Number(one.dataset.conflicts) > 0,
    unread: (one) => Number(one.dataset.unread) > 0,
  };
  for (const choice of document.querySelectorAll("input[name=show]")) {
    choice.addEventListener("change", () => {
      for (const one of documents) one.hidden = !wanted[choice.value](one);
      count();
    });
  }
  count();

  const step = (by) => {
    const list = shown();
    const here = list.indexOf(document.activeElement?.closest(".document"));
    const next = list[Math.min(Math.max(here + by, 0), list.length - 1)];
    if (next) { next.focus(); next.scrollIntoView({ block: "start" }); }
  };
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "c" && entries.length) byId("basket-text").focus();
    else return;
    event.preventDefault();
  });

  // A TOML basic string: JSON's escapes are a part of TOML's.
  const quoted = (text) => JSON.stringify(text).replace(/\u007f/g, "\\u007F");
  const add = (block) => {
    entries.push(block);
    byId("basket").classList.add("filled");
    byId("basket-count").textContent = String(entries.length);
    byId("basket-text").value = entries.join("\n");
  };
  const filled = (stub, fields) =>
    stub.trimEnd() + "\n" + Object.entries(fields).map(([key, value]) => `${key} = ${value}`).join("\n") + "\n";

  const dialog = byId("correction");
  let current = null;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act]");
    if (!button) return;
    const row = button.closest("tr");
    if (button.dataset.act === "accept") {
      add(filled(button.dataset.stub, { action: quoted("accept"), reason: quoted("read and accepted"), source: quoted("review") }));
      button.disabled = true;
      return;
    }
    current = button;
    byId("correction-subject").textContent = [...row.children].slice(0, 3).map((cell) => cell.textContent).join(", ");
    for (const id of ["new-value", "new-reason", "new-source"]) byId(id).value = "";
    byId("correction-error").textContent = "";
    dialog.showModal();
  });
  dialog.querySelector("form").addEventListener("submit", (event) => {
    if (event.submitter?.value === "cancel") return;
    const value = byId("new-value").value.trim();
    if (value && !/^-?\d+(\.\d+)?$/.test(value)) {
      event.preventDefault();
      byId("correction-error").textContent = "Write the value with digits and a point, such as 1039.5.";
      return;
    }
    const change = value ? { value } : { action: quoted("drop") };
    add(filled(current.dataset.stub, { ...change, reason: quoted(byId("new-reason").value), source: quoted(byId("new-source").value) }));
  });

  const say = (text) => { byId("basket-status").textContent = text; };
  byId("copy").addEventListener("click", async () => {
    byId("basket-text").select();
    try { await navigator.clipboard.writeText(byId("basket-text").value); say("Copied."); }
    catch { say("Selected: copy with Ctrl+C."); }
  });
  byId("download").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([byId("basket-text").value], { type: "application/toml" }));
    link.download = document.body.dataset.name;
    link.click();
    URL.revokeObjectURL(link.href);
  });
  byId("save")?.addEventListener("click", async () => {
    const answer = await fetch("/corrections", { method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ toml: byId("basket-text").value }) });
    const result = await answer.json();
    say(result.error ?? result.saved);
    if (!result.error) { entries.length = 0; byId("basket-text").value = ""; byId("basket-count").textContent = "0"; }
  });
})();
