// What the platform does not do by itself: keys, menus under their buttons, dialogs, copying, the theme menu.
const singleKeys = {
  '/': () => focusSearch(),
  '?': () => open('keyboard'),
  'p': () => click('[data-key="p"]'),
  'j': () => moveSelection(1),
  'k': () => moveSelection(-1),
  'x': () => row()?.querySelector('[data-key="x"]')?.click(),
  'y': () => put(location.href, 'Link copied'),
  'c': () => clickVisible('[data-copy^="#"]'),
  'f': () => toggleKiosk(),
};
const editable = 'input:not([type=checkbox]), textarea, select, [contenteditable]';
const preference = 'nexus.keys';
let leader = -Infinity;

const click = selector => {
  const target = document.querySelector(selector);
  target?.click();
  return target;
};

const clickVisible = selector => [...document.querySelectorAll(selector)].find(candidate => candidate.offsetParent !== null)?.click();

// The row of the focused link: its own element, or what lists call a row.
const row = () => document.activeElement?.closest('[data-row-host], [role=row], li, .run-row, .event-row');

function singlesAreOff() {
  try { return localStorage.getItem(preference) === 'off'; } catch { return false; }
}

function open(id) {
  const dialog = document.getElementById(id);
  if (!dialog || dialog.open) { return; }
  for (const other of document.querySelectorAll('dialog[open]')) { other.close(); }
  const box = dialog.querySelector('[data-single-keys]');
  if (box) { box.checked = !singlesAreOff(); }
  dialog.showModal();
}

function focusSearch() {
  const boxes = [...document.querySelectorAll('[data-query]'), ...document.querySelectorAll('input[type=search]')];
  const box = boxes.find(candidate => candidate.offsetParent !== null);
  if (box) { box.focus(); box.select?.(); } else { open('palette'); }
}

function moveSelection(step) {
  const rows = [...document.querySelectorAll('[data-row]')].filter(candidate => candidate.offsetParent !== null);
  if (rows.length === 0) { return; }
  const at = rows.indexOf(document.activeElement?.closest('[data-row]'));
  rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1)].focus();
}

const isKiosk = () => new URL(location.href).searchParams.get('kiosk') === '1';

function toggleKiosk(wanted = !isKiosk()) {
  const address = new URL(location.href);
  if (wanted) { address.searchParams.set('kiosk', '1'); } else { address.searchParams.delete('kiosk'); }
  Blazor.navigateTo(address.pathname + address.search);
}

function escape(event) {
  if (document.querySelector('dialog[open], :popover-open') || event.defaultPrevented) { return; }
  if (document.activeElement?.matches(editable)) { document.activeElement.blur(); return; }
  if (!click('[data-key="Escape"]') && isKiosk()) { toggleKiosk(false); }
}

document.addEventListener('keydown', event => {
  if (event.isComposing) { return; }
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    open('palette');
    return;
  }

  if (event.target.id === 'palette-field' && ['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key)) { event.preventDefault(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey) { return; }
  if (event.key === 'Escape') { escape(event); return; }
  if (document.activeElement?.matches(editable) || document.querySelector('dialog[open]') || singlesAreOff()) { return; }
  if (performance.now() - leader < 1200) {
    leader = -Infinity;
    const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
    if (link) { event.preventDefault(); link.click(); }
    return;
  }

  if (event.key === 'g') { leader = performance.now(); return; }
  const action = singleKeys[event.key];
  if (action) { event.preventDefault(); action(); return; }
  // Keys of one page or bar are written on what they press.
  if (event.key.length === 1 && event.key !== ' ' && !event.defaultPrevented && click(`[data-key="${CSS.escape(event.key)}"]`)) { event.preventDefault(); }
});

document.addEventListener('toggle', event => {
  const menu = event.target;
  if (!menu.matches?.('.menu') || event.newState !== 'open') { return; }
  const button = document.querySelector(`[popovertarget="${menu.id}"]`).getBoundingClientRect();
  menu.style.top = `${button.bottom + 6 + scrollY}px`;
  menu.style.left = `${Math.max(8, Math.min(button.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8)) + scrollX}px`;
  showThemeChoice();
}, true);

document.addEventListener('click', async event => {
  const target = event.target.closest('[data-copy], [data-theme-choice], [data-zone-choice], [data-dialog], [data-kiosk]');
  if (!target) { return; }
  if (target.dataset.dialog) {
    open(target.dataset.dialog);
  } else if (target.dataset.themeChoice) {
    nexusTheme.choose(target.dataset.themeChoice);
    target.closest('[popover]')?.hidePopover();
  } else if (target.dataset.zoneChoice) {
    nexusZone.choose(target.dataset.zoneChoice);
  } else if (target.dataset.kiosk !== undefined) {
    toggleKiosk();
  } else {
    await copy(target);
  }
});

// Log and chart of a run show the same task at the same time.
let linked = null;
document.addEventListener('pointerover', event => {
  const task = event.target.closest?.('[data-task]')?.dataset.task || null;
  if (task === linked) { return; }
  for (const element of document.querySelectorAll('.is-linked')) { element.classList.remove('is-linked'); }
  linked = task;
  if (task) {
    for (const element of document.querySelectorAll(`[data-task="${CSS.escape(task)}"]`)) { element.classList.add('is-linked'); }
    showInLog(event.target.closest('[data-task]'));
  }
});

// A task that is pointed at in the chart may be further down in the log, which scrolls there by itself; the page does not move.
function showInLog(source) {
  const log = document.querySelector('.run-log');
  const entry = log?.querySelector('.is-linked');
  if (!entry || log.contains(source)) { return; }
  const [top, bottom] = [entry.offsetTop - log.offsetTop, entry.offsetTop - log.offsetTop + entry.offsetHeight];
  if (top < log.scrollTop || bottom > log.scrollTop + log.clientHeight) { log.scrollTop = top - log.clientHeight / 3; }
}

document.addEventListener('click', event => {
  // A click on the backdrop reaches the dialog itself; a link inside one leads away from it.
  if (event.target instanceof HTMLDialogElement) { event.target.close(); }
  event.target.closest('dialog a[href]')?.closest('dialog').close();
});

// Who searched looks at what was found: the keys are the page's again, and a phone's keyboard goes.
document.addEventListener('submit', event => {
  if (event.target.matches('[role=search]')) { document.activeElement?.blur(); }
});

document.addEventListener('change', event => {
  if (!event.target.matches('[data-single-keys]')) { return; }
  try {
    if (event.target.checked) { localStorage.removeItem(preference); } else { localStorage.setItem(preference, 'off'); }
  } catch { /* private windows: they stay on */ }
});

addEventListener('nexus:command', event => {
  const commands = {
    'copy-link': singleKeys.y, 'pause': singleKeys.p, 'kiosk': singleKeys.f, 'keyboard': singleKeys['?'], 'views': () => open('views'), 'pin': () => open('pin'),
  };
  commands[event.detail]?.();
});

async function put(text, said) {
  let done = true;
  try { await navigator.clipboard.writeText(text); } catch { done = false; }
  const status = document.getElementById('announcer');
  if (status) { status.textContent = done ? said : 'The browser does not allow copying here'; }
  return done;
}

async function copy(button) {
  const source = button.dataset.copy;
  const text = source.startsWith('#') ? document.querySelector(source)?.textContent ?? '' : source === 'address' ? location.href : source;
  button.dataset.copied = await put(text, 'Copied') ? 'yes' : 'no';
  setTimeout(() => delete button.dataset.copied, 1500);
}

function showThemeChoice() {
  for (const button of document.querySelectorAll('button[data-theme-choice]')) {
    button.setAttribute('aria-checked', String(button.dataset.themeChoice === nexusTheme.choice));
  }
}

addEventListener('nexus:theme', showThemeChoice);
