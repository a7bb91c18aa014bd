// The chart, as SVG: a band between the lowest and the highest temperature of each day, and a bar for its precipitation.
const PER_DAY = 2.5; // pixels: so many days as fit
const LEFT = 40;
const RIGHT = 12;
const TOP = 8;
const BOTTOM = 24;
const COLDEST = -10;
const WARMEST = 40;
const WETTEST = 60;
const MONTH = new Intl.DateTimeFormat("en", { month: "short", timeZone: "UTC" });

/** Shows the last days of those given. */
export function draw(svg, readings) {
  const { width, height } = svg.getBoundingClientRect();
  const days = readings.slice(-Math.max(2, Math.floor((width - LEFT - RIGHT) / PER_DAY)));
  const step = (width - LEFT - RIGHT) / Math.max(1, Math.floor((width - LEFT - RIGHT) / PER_DAY) - 1);
  const x = (i) => LEFT + i * step;
  const y = (celsius) => TOP + ((WARMEST - celsius) / (WARMEST - COLDEST)) * (height - TOP - BOTTOM);
  const floor = height - BOTTOM;

  const max = days.map((day, i) => `${x(i).toFixed(1)},${y(day.tempMax).toFixed(1)}`);
  const min = days.map((day, i) => `${x(i).toFixed(1)},${y(day.tempMin).toFixed(1)}`).reverse();
  const rain = days
    .map((day, i) => [x(i), (Math.min(day.precipitation, WETTEST) / WETTEST) * (floor - TOP) * 0.35])
    .filter(([, bar]) => bar > 0)
    .map(([at, bar]) => `M${at.toFixed(1)},${floor}v${(-bar).toFixed(1)}`);

  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.innerHTML = `${temperatures(y, width)}${months(days, x, floor)}
    <path class="rain" stroke-width="${Math.max(1, step * 0.7)}" d="${rain.join("")}"/>
    <path class="band" d="M${max.join("L")}L${min.join("L")}Z"/>`;
}

function temperatures(y, width) {
  return [-10, 0, 10, 20, 30, 40]
    .map((celsius) => `<line class="grid" x1="${LEFT}" x2="${width - RIGHT}" y1="${y(celsius)}" y2="${y(celsius)}"/>
      <text class="tick" x="${LEFT - 8}" y="${y(celsius) + 4}" text-anchor="end">${String(celsius).replace("-", "−")}°</text>`)
    .join("");
}

function months(days, x, floor) {
  return days
    .map((day, i) => [day.day, x(i)])
    .filter(([day]) => day.endsWith("-01"))
    .map(([day, at]) => {
      const name = day.slice(5, 7) === "01" ? day.slice(0, 4) : MONTH.format(new Date(day));
      return `<line class="grid" x1="${at}" x2="${at}" y1="${floor}" y2="${floor + 5}"/>
        <text class="tick" x="${at + 3}" y="${floor + 17}">${name}</text>`;
    })
    .join("");
}
