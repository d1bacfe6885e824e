// A pressed button shows what is typed into the password fields of its form; on the way to the server they are hidden again.
document.querySelectorAll("[data-show-password]").forEach((button) => {
  const fields = button.form.querySelectorAll("input[type=password]");
  const show = (shown) => {
    button.setAttribute("aria-pressed", shown);
    fields.forEach((field) => { field.type = shown ? "text" : "password"; });
  };

  button.hidden = false;
  button.addEventListener("click", () => show(button.getAttribute("aria-pressed") === "false"));
  button.form.addEventListener("submit", () => show(false));
});
