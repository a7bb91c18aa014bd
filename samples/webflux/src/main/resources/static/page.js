// Listens to the readings, shows the last one, and has the chart drawn once for each frame of the screen.
import { draw } from "./chart.js";

const element = (id) => document.getElementById(id);
const DAY = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const TIME = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

const readings = [];
let source = null;
let drawing = false;

function connect() {
  const last = readings.at(-1);
  const query = new URLSearchParams({ perSecond: element("speed").value });
  if (last) {
    query.set("after", last.day);
  }
  source = new EventSource(`stations/seattle/live?${query}`);
  source.addEventListener("open", () => status("Live", true));
  source.addEventListener("error", () => status("The connection is lost, trying again"));
  source.addEventListener("reading", (event) => add(JSON.parse(event.data)));
  source.addEventListener("complete", () => {
    disconnect("That was all");
    readings.length = 0; // the button starts over
    element("toggle").textContent = "Start over";
  });
  element("toggle").textContent = "Pause";
}

/** Closing the source is all that the server needs to end its coroutine. */
function disconnect(text) {
  source?.close();
  source = null;
  element("toggle").textContent = "Resume";
  status(text);
  showViewings();
}

function status(text, live = false) {
  element("status").textContent = text;
  element("status").classList.toggle("live", live);
}

function add(reading) {
  readings.push(reading);
  if (!drawing) {
    drawing = true;
    requestAnimationFrame(show);
  }
}

function show() {
  drawing = false;
  const last = readings.at(-1);
  if (!last) {
    return;
  }
  element("day").textContent = DAY.format(new Date(last.day));
  element("max").textContent = `${last.tempMax.toFixed(1)} °C`;
  element("min").textContent = `${last.tempMin.toFixed(1)} °C`;
  element("rain").textContent = `${last.precipitation.toFixed(1)} mm`;
  element("wind").textContent = `${last.wind.toFixed(1)} m/s`;
  element("weather").textContent = last.weather;
  element("count").textContent = readings.length;
  draw(element("chart"), readings);
}

async function showViewings() {
  const response = await fetch("viewings?limit=8");
  const rows = (await response.json()).map((viewing) => {
    const row = document.createElement("tr");
    const ended = viewing.ended ? TIME.format(new Date(viewing.ended)) : "not yet";
    const cells = [viewing.id, TIME.format(new Date(viewing.began)), ended, viewing.ended ? viewing.readings : "–", viewing.ending?.toLowerCase() ?? "watching"];
    row.append(...cells.map((text) => Object.assign(document.createElement("td"), { textContent: text })));
    return row;
  });
  element("viewings").replaceChildren(...rows);
}

element("toggle").addEventListener("click", () => (source ? disconnect("Paused") : connect()));
element("speed").addEventListener("change", () => {
  if (source) {
    source.close();
    connect();
  }
});
new ResizeObserver(show).observe(element("chart"));
connect();
showViewings();
