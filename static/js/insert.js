// A textarea hears «insert» and puts a text at its caret, from the place given; Ctrl+Z takes it back. What is yet to be filled in it is then selected.
(() => {
  document.addEventListener("insert", ({ target: area, detail: { text, from, gap } }) => {
    area.focus();
    area.setSelectionRange(from, Math.max(from, area.selectionStart));
    if (!document.execCommand("insertText", false, text)) area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    const place = gap ? area.value.indexOf(gap, from) : -1;
    if (place >= 0) area.setSelectionRange(place, place + gap.length);
  });
})();
