#if DEBUG
    /// What makes the error page comfortable: tabs, copying, the console. The page can be read without it.
    enum ErrorPageScript {
        static let source = """

            document.addEventListener("DOMContentLoaded", () => {
              const all = (selector, within = document) => [...within.querySelectorAll(selector)];
              const make = (name, text, attributes = {}) => {
                const element = document.createElement(name);
                element.textContent = text;
                for (const key in attributes) element.setAttribute(key, attributes[key]);
                return element;
              };
              document.documentElement.classList.add("js");

              // Tabs
              const tabs = all(".tab");
              const list = make("div", "", { class: "tablist", role: "tablist", "aria-label": "What was known" });
              const select = (id) => {
                for (const tab of tabs) tab.hidden = tab.id !== id;
                for (const button of list.children) {
                  const chosen = button.getAttribute("aria-controls") === id;
                  button.setAttribute("aria-selected", chosen);
                  button.tabIndex = chosen ? 0 : -1;
                }
              };
              for (const tab of tabs) {
                tab.setAttribute("role", "tabpanel");
                tab.setAttribute("aria-label", tab.querySelector("h2").textContent);
                const button = make("button", tab.querySelector("h2").textContent,
                  { type: "button", role: "tab", "aria-controls": tab.id });
                button.addEventListener("click", () => { select(tab.id); history.replaceState(null, "", "#" + tab.id); });
                list.append(button);
              }
              list.addEventListener("keydown", (event) => {
                const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
                if (!step) return;
                const buttons = [...list.children];
                const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
                next.focus();
                next.click();
              });
              if (tabs.length) {
                tabs[0].before(list);
                const wanted = tabs.find((tab) => "#" + tab.id === location.hash);
                select((wanted || tabs[0]).id);
              }

              // Copying
              const copy = async (text) => {
                if (navigator.clipboard) return navigator.clipboard.writeText(text);
                const area = make("textarea", "");
                area.value = text;
                document.body.append(area);
                area.select();
                document.execCommand("copy");
                area.remove();
              };
              for (const link of all("a.copy")) link.addEventListener("click", async (event) => {
                event.preventDefault();
                const name = link.textContent;
                try {
                  await copy(await (await fetch(link.href)).text());
                  link.textContent = name + " ✓";
                } catch { location.href = link.href; }
                setTimeout(() => link.textContent = name, 2000);
              });

              // The console
              const box = document.getElementById("console");
              if (!box) return;
              const [unlock, ask] = all("form", box);
              const entries = box.querySelector(".entries");
              const refusal = box.querySelector(".refusal");
              const asked = [];
              let place = 0;
              const post = async (path, body) => {
                const response = await fetch(path, {
                  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
                });
                return { status: response.status, ...(await response.json()) };
              };
              const open = (isOpen) => { unlock.hidden = isOpen; ask.hidden = !isOpen; };
              const write = (text, kind) => {
                entries.append(make("pre", text, { class: kind }));
                entries.scrollTop = entries.scrollHeight;
              };
              unlock.addEventListener("submit", async (event) => {
                event.preventDefault();
                try {
                  const answer = await post(box.dataset.unlock, { pin: unlock.pin.value });
                  refusal.textContent = answer.error || "";
                  if (answer.error) { unlock.pin.select(); return; }
                  open(true);
                  ask.expression.focus();
                } catch { refusal.textContent = "The app does not answer."; }
              });
              ask.addEventListener("submit", async (event) => {
                event.preventDefault();
                const expression = ask.expression.value.trim();
                if (!expression) return;
                asked.push(expression);
                place = asked.length;
                ask.expression.value = "";
                write(expression, "asked");
                try {
                  const answer = await post(box.dataset.path,
                    { error: box.dataset.error, scope: ask.scope.value === "" ? null : Number(ask.scope.value), expression });
                  if (answer.status === 401) open(false);
                  write(answer.error ?? answer.value, answer.error ? "wrong" : "answer");
                } catch { write("The app does not answer.", "wrong"); }
              });
              ask.expression.addEventListener("keydown", (event) => {
                const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
                if (!step || !asked.length) return;
                event.preventDefault();
                place = Math.min(Math.max(place + step, 0), asked.length);
                ask.expression.value = asked[place] ?? "";
              });
              for (const button of all(".look")) button.addEventListener("click", () => {
                ask.scope.value = button.dataset.scope;
                box.scrollIntoView({ block: "center" });
                (ask.hidden ? unlock.pin : ask.expression).focus();
              });
              // Whoever has given the PIN before need not give it again.
              post(box.dataset.path, { error: box.dataset.error, scope: null, expression: "none" })
                .then((answer) => open(answer.status === 200)).catch(() => {});
            });

            """
    }
#endif
