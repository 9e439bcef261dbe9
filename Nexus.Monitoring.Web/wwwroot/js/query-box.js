// The query box in the browser: what is typed shows at once, in the colours it had; new colours, mistakes and choices follow from the server.
const gone = () => { /* the circuit is gone; boot.js knows */ };

export function attach(root, component) {
  if (!root) { return null; }
  const input = root.querySelector('input');
  const paint = root.querySelector('.query-paint');
  const list = root.querySelector('.query-list');
  const title = list.querySelector('.query-title');
  const options = list.querySelector('ul');
  const clear = root.querySelector('.query-clear');
  let asked = 0;
  let pieces = [];
  let wrong = null;
  let offer = null;
  let active = -1;

  function draw() {
    const text = input.value;
    const nodes = [];
    let at = 0;
    for (const { start, length, kind } of pieces) {
      if (start + length > text.length) { break; }
      if (start > at) { nodes.push(text.slice(at, start)); }
      nodes.push(piece(text.slice(start, start + length), kind));
      at = start + length;
    }
    nodes.push(text.slice(at));
    paint.replaceChildren(...nodes);
    if (wrong) { underline(text); }
    paint.scrollLeft = input.scrollLeft;
    clear.hidden = text.length === 0;
  }

  function piece(text, kind) {
    const span = document.createElement('span');
    span.className = `is-${kind}`;
    span.textContent = text;
    return span;
  }

  // A layer of its own, because what is wrong may begin in the middle of a piece.
  function underline(text) {
    const line = document.createElement('span');
    line.className = 'query-wrong';
    const mark = document.createElement('i');
    mark.textContent = text.slice(wrong.start, wrong.start + wrong.length) || '\u00a0';
    line.append(text.slice(0, wrong.start), mark);
    paint.append(line);
  }

  async function ask(open = true) {
    const turn = ++asked;
    const text = input.value;
    const answer = await component.invokeMethodAsync('EditAsync', text, input.selectionStart ?? text.length).catch(gone);
    if (turn !== asked || !answer) { return; }
    pieces = answer.pieces;
    wrong = answer.wrongStart === null ? null : { start: answer.wrongStart, length: answer.wrongLength };
    draw();
    if (open && document.activeElement === input && answer.choices) { show(answer.choices, text); } else { hide(); }
  }

  // What was offered for the text as it was is offered on for what was typed since, until the server's own choices come: put in, a choice takes the place of all
  // that was typed of it.
  function narrow() {
    if (!offer) { return; }
    const now = input.value;
    const { start, length, text, choices } = offer;
    const before = text.slice(0, start);
    const after = text.slice(start + length);
    const end = now.length - after.length;
    const typed = now.slice(start, end).toLowerCase();
    const begins = value => value.toLowerCase().startsWith(typed);
    const left = end >= start && now.startsWith(before) && now.endsWith(after) ? choices.filter(choice => begins(choice.text) || begins(choice.insert)) : [];
    if (left.length > 0) { show({ ...offer, length: end - start, choices: left }, now); } else { hide(); }
  }

  function show(choices, text) {
    const held = offer?.choices[active]?.insert;
    offer = { ...choices, text };
    active = -1;
    title.textContent = choices.title;
    options.replaceChildren(...choices.choices.map(option));
    list.hidden = false;
    list.style.setProperty('--at', choices.start - input.scrollLeft / 8);
    input.setAttribute('aria-expanded', 'true');
    input.removeAttribute('aria-activedescendant');
    // Who stands on a choice stays on it.
    const at = offer.choices.findIndex(choice => choice.insert === held);
    if (at >= 0) { stand(at); }
  }

  function option(choice, index) {
    const item = document.createElement('li');
    item.id = `query-choice-${index}`;
    item.role = 'option';
    item.dataset.index = index;
    item.setAttribute('aria-selected', 'false');
    if (choice.glyph) {
      const glyph = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      glyph.setAttribute('class', `glyph is-${choice.glyph}`);
      glyph.setAttribute('aria-hidden', 'true');
      const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
      use.setAttribute('href', `${document.documentElement.dataset.icons}#s-${choice.glyph}`);
      glyph.append(use);
      item.append(glyph);
    }
    const name = piece(choice.text, choice.kind);
    name.classList.add('mono');
    item.append(name);
    if (choice.detail) { item.append(piece(choice.detail, 'detail')); }
    if (choice.count !== null && choice.count !== undefined) { item.append(piece(choice.count.toLocaleString('en').replaceAll(',', '\u2009'), 'count')); }
    return item;
  }

  function hide() {
    offer = null;
    active = -1;
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }

  function move(step) {
    const count = offer.choices.length;
    options.children[active]?.setAttribute('aria-selected', 'false');
    stand(active < 0 ? (step > 0 ? 0 : count - 1) : (active + step + count) % count);
  }

  function stand(index) {
    active = index;
    const item = options.children[active];
    item.setAttribute('aria-selected', 'true');
    item.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', item.id);
  }

  function choose(index) {
    const { start, length, choices } = offer;
    input.setRangeText(choices[index].insert, start, start + length, 'end');
    hide();
    draw();
    void ask();
  }

  async function apply() {
    hide();
    asked++;
    const valid = await component.invokeMethodAsync('ApplyAsync', input.value).catch(gone);
    if (!valid) { void ask(false); }
  }

  function set(text) {
    input.value = text;
    wrong = null;
    draw();
    hide();
    void ask(false);
  }

  function onKey(event) {
    if (event.isComposing) { return; }
    const isOpen = offer !== null;
    if (event.key === 'Escape' && isOpen) {
      // The first takes the list away, the second leaves the box.
      event.stopPropagation();
      hide();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && isOpen) {
      event.preventDefault();
      move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'ArrowDown' || (event.key === ' ' && event.ctrlKey)) {
      event.preventDefault();
      void ask();
    } else if (event.key === 'Tab' && isOpen && !event.shiftKey && input.value.length > 0) {
      event.preventDefault();
      choose(Math.max(active, 0));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (isOpen && active >= 0 && !event.ctrlKey) { choose(active); } else { void apply(); }
    } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight' || event.key === 'Home' || event.key === 'End') {
      hide();
    }
  }

  const onInput = () => { wrong = null; narrow(); draw(); void ask(); };
  const onFocus = () => { void ask(input.value.length === 0); };
  const onBlur = () => { hide(); void ask(false); };
  const onScroll = () => { paint.scrollLeft = input.scrollLeft; };
  const onClear = () => { set(''); input.focus(); void apply(); };
  const onDown = event => {
    const item = event.target.closest('[role=option]');
    // The box keeps the focus.
    event.preventDefault();
    if (item) { choose(Number(item.dataset.index)); }
  };
  input.addEventListener('keydown', onKey);
  input.addEventListener('input', onInput);
  input.addEventListener('focus', onFocus);
  input.addEventListener('blur', onBlur);
  input.addEventListener('scroll', onScroll);
  clear.addEventListener('click', onClear);
  list.addEventListener('mousedown', onDown);
  input.dataset.ready = '';
  draw();
  void ask(false);
  return { set, stop: () => { asked++; hide(); } };
}
