// Puts the name of the chosen person over the results, and into each button, so that an outcome is not taken down for somebody else.

const numbers = document.querySelector(".call-numbers");

function name() {
  const chosen = numbers.querySelector("input:checked");
  document.querySelectorAll(".call-foot [data-who]").forEach((who) => {
    who.textContent = chosen ? `${chosen.dataset.name}：` : "";
  });
}

if (numbers) {
  numbers.addEventListener("change", name);
  window.addEventListener("pageshow", name);
  name();
}

// The next child comes up where the last one stood: a second press must not be taken for an outcome of somebody who was not rung.
const outcomes = document.querySelector(".call-outcomes");
if (outcomes) {
  outcomes.inert = true;
  setTimeout(() => {
    outcomes.inert = false;
  }, 1500);
}
