// What this browser keeps of people's work: whose it is, and how long it stays. The key of each copy says what it is and
// whose («cau-lenh:7:tom-tat» is a prompt of person 7); a page reads those of its own person alone.
const OWNED = /^(cau-lenh|ban-nhap|lam-tay|che|giu):(\d+):/;
const WORK = ["cau-lenh", "ban-nhap", "lam-tay"];  // that Saver sends until the server has it; the others it never gets
const WEEK = 7 * 24 * 60 * 60 * 1000;

// A copy of work, and whether it stays though the server has the work: it has it behind masks then.
export function write(key, work, sent = false) {
  localStorage.setItem(key, JSON.stringify({ work, sent }));
}

export function read(key) {
  const kept = JSON.parse(localStorage.getItem(key));
  return kept?.work ?? kept;  // earlier versions kept the work alone
}

// Office machines are shared. When its owner signs out or somebody else is here, a copy goes. Only work that the server has
// not got waits for its owner, for a week since the owner was here last. A session that ends by itself changes nothing.
// `me` is the number of who is here and `name` the name: in a new installation the number may be somebody else's.
export function tidy(me, name, leaving = false) {
  try {
    const another = me && (localStorage.getItem(`ten:${me}`) ?? name) !== name;
    for (const shelf of [localStorage, sessionStorage]) {
      for (const key of Object.keys(shelf)) {
        const [, kind, owner] = key.match(OWNED) ?? [];
        if (!owner) continue;
        const own = owner === me && !leaving;
        const unsent = WORK.includes(kind) && !shelf.getItem(key).endsWith('"sent":true}');
        if ((me && !own && !unsent) || (another && owner === me) || away(owner) > WEEK) shelf.removeItem(key);
      }
    }
    if (me) localStorage.setItem(`ten:${me}`, name);
    if (me) localStorage.setItem(`o-day:${me}`, Date.now());
  } catch {
    // a browser that keeps nothing has nothing to forget
  }
}

// How long the owner has not been here; of one who was here before this was noted, from now on.
function away(owner) {
  const last = localStorage.getItem(`o-day:${owner}`) ?? Date.now();
  localStorage.setItem(`o-day:${owner}`, last);
  return Date.now() - last;
}
