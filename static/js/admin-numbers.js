// Django's scripts count in Latin digits: whatever they put into a text is shown in Persian ones.
if (window.interpolate) {
  const plain = window.interpolate;
  const persian = (digit) => String.fromCharCode(0x06f0 + Number(digit));
  window.interpolate = (...parts) => plain(...parts).replace(/\d/g, persian);
}
