// Patterns of policies: `*` is any run of characters, `?` any one. Goes back only to the last `*`, so the time is
// bounded by the product of both lengths whatever the pattern.

export function globMatches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    const expected = pattern[p];
    if (expected === '*') {
      star = p++;
      resume = t;
    } else if (expected === '?' || expected === text[t]) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
