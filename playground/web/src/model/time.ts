/** Times and durations as they are printed. */

const two = (n: number) => String(n).padStart(2, "0");
const three = (n: number) => String(n).padStart(3, "0");

/** "19:06:30.120" of milliseconds since 1970, UTC. */
export function clock(ms: number): string {
  const d = new Date(ms);
  if (Number.isNaN(d.getTime())) return "";
  return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}.${three(d.getUTCMilliseconds())}`;
}

/** Only what changed since the time of the row above: ".206", "46.203", "19:07:01", or nothing. */
export function clockChange(ms: number, before: number): string {
  if (Number.isNaN(ms) || ms === before) return "";
  const d = new Date(ms);
  if (Number.isNaN(d.getTime())) return "";
  const fine = d.getUTCMilliseconds();
  if (!Number.isNaN(before)) {
    if (Math.floor(ms / 1000) === Math.floor(before / 1000)) return "." + three(fine);
    if (Math.floor(ms / 60000) === Math.floor(before / 60000)) return two(d.getUTCSeconds()) + (fine ? "." + three(fine) : "");
  }
  return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`;
}

/** "38.2 ms", "1.2 s", "2 min". */
export function duration(ms: number): string {
  if (Number.isNaN(ms)) return "";
  if (ms < 10) return (ms < 0.05 ? "0" : ms.toFixed(1)) + " ms";
  if (ms < 1000) return (ms < 100 ? ms.toFixed(1) : ms.toFixed(0)) + " ms";
  if (ms < 60000) return (ms / 1000).toFixed(ms < 10000 ? 2 : 1) + " s";
  if (ms < 3600000) return (ms / 60000).toFixed(1) + " min";
  return (ms / 3600000).toFixed(1) + " h";
}
