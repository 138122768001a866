// When the visitor leaves, their Python ends.

export function endOnLeaving(base, kernel) {
  addEventListener("pagehide", () => {
    const token = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1] ?? "";
    navigator.sendBeacon(`${base}close/${kernel}`, new URLSearchParams({ _xsrf: decodeURIComponent(token) }));
  });
  // A page that the browser brings back as it was has no Python any more.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}
