#if DEBUG || CARAFE_TOOL
    import Carafe

    /// The script that makes a page follow changes.
    package enum LiveReloadScript {
        /// Where it is served. Everything below `/__carafe/` belongs to the development tools.
        package static let path = "/__carafe/live.js"
        /// Where it listens.
        package static let eventsPath = "/__carafe/live"

        /// The element that loads it into a page.
        package static func element(version: String, nonce: String?) -> String {
            let nonce = nonce.map { HTML(#" nonce="\#($0)""#) } ?? HTML("")
            return HTML(#"<script src="\#(path)" data-version="\#(version)"\#(nonce) defer></script>"#).description
        }

        /// Its text.
        static let source = """
            (() => {
              const guard = "carafe-reloaded";
              let version = document.currentScript.dataset.version;
              let source = null;

              const reload = (to) => {
                const mark = to + " " + location.href;
                let done = null;
                try { done = sessionStorage.getItem(guard); sessionStorage.setItem(guard, mark); } catch {}
                // A page that comes from a cache keeps its old version: once is enough.
                if (done === mark) { version = to; return; }
                disconnect();
                location.reload();
              };

              const restyle = (paths) => {
                const links = [...document.querySelectorAll('link[rel~="stylesheet"][href]')]
                  .filter((link) => new URL(link.href).origin === location.origin);
                const changed = links.filter((link) => {
                  const path = decodeURIComponent(new URL(link.href).pathname);
                  return paths.some((name) => path.endsWith("/" + name.split("/").pop()));
                });
                // A sheet that another imports is in no link.
                for (const link of changed.length ? changed : links) {
                  const url = new URL(link.href);
                  url.searchParams.set("carafe", version);
                  const fresh = link.cloneNode();
                  fresh.nonce = link.nonce;
                  fresh.href = url;
                  fresh.onload = fresh.onerror = () => link.remove();
                  link.after(fresh);
                }
              };

              // The tools' own pages say that they wait; the app's are left as they are.
              const away = (isAway) => {
                if (!document.documentElement.dataset.carafe) return;
                document.documentElement.classList.toggle("away", isAway);
                for (const place of document.querySelectorAll(".waiting")) place.textContent = isAway ? "Building…" : "";
              };

              const disconnect = () => { if (source) { source.close(); source = null; } };

              // A hidden page leaves its connection to others; a browser has few for one host.
              const connect = () => {
                if (source || document.hidden) return;
                source = new EventSource("/__carafe/live?since=" + encodeURIComponent(version));
                source.addEventListener("page", (event) => reload(event.data.split("\\n")[0]));
                source.addEventListener("styles", (event) => {
                  const [to, ...paths] = event.data.split("\\n");
                  version = to;
                  restyle(paths);
                });
                source.addEventListener("open", () => away(false));
                source.addEventListener("error", () => {
                  away(true);
                  disconnect();
                  setTimeout(connect, 150);
                });
              };

              document.addEventListener("visibilitychange", () => document.hidden ? disconnect() : connect());
              addEventListener("pagehide", disconnect);
              addEventListener("pageshow", connect);
              connect();
            })();

            """
    }
#endif
