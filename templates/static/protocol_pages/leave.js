// Leaves a page without keeping it as the one to go back to; the link works without this too.
document.querySelectorAll("[data-leave]").forEach(function (link) {
  link.addEventListener("click", function (event) {
    event.preventDefault();
    document.body.hidden = true;
    window.location.replace(link.href);
  });
});
