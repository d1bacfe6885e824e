// The box that Django's select2 puts in place of a list has no name of its own: it takes that of the field.
// Asked of jQuery after Django's own script has asked, so that it comes when the boxes are there.
window.django?.jQuery?.(() => {
  for (const list of document.querySelectorAll('select.admin-autocomplete')) {
    const label = list.labels[0];
    const box = list.parentElement.querySelector('.select2-selection');
    if (!label || !box) continue;
    label.id = label.id || `${list.id}_label`;
    const shown = box.querySelector('[role="textbox"]');
    box.setAttribute('aria-labelledby', shown ? `${label.id} ${shown.id}` : label.id);
    if (shown) shown.setAttribute('aria-labelledby', label.id);
  }
});
