"use strict";

// textual.js puts styles into the page as it runs. Each gets our nonce, so that the content policy can refuse all others.
const nonce = document.currentScript.nonce;
const createElement = document.createElement.bind(document);
document.createElement = (name, options) => {
  const element = createElement(name, options);
  if (name === "style") element.nonce = nonce;
  return element;
};

// textual.js does not tell when the connection begins and why it ends, and sends before and after; the connection knows.
window.WebSocket = class extends WebSocket {
  constructor(address) {
    super(address);
    this.addEventListener("open", takeKeys);
    this.addEventListener("close", showEnd);
  }

  send(data) {
    if (this.readyState === WebSocket.OPEN) super.send(data);
  }
};

function takeKeys() {
  document.querySelector(".xterm-helper-textarea").focus();
}

function showEnd(event) {
  document.getElementById("sentence").textContent = event.reason || "reflect has ended. You can close this page.";
  document.getElementById("ended").hidden = false;
  const again = document.getElementById("again");
  // 1001: the server is going, and would not answer.
  again.hidden = event.code === 1001;
  again.focus();
}

document.addEventListener("DOMContentLoaded", () => {
  document.getElementById("again").addEventListener("click", () => location.reload());
});
