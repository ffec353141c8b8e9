// The side menu is longer than a low screen: the entry of this page is brought into its sight.
const menu = document.querySelector(".side-nav"), here = menu?.querySelector("[aria-current]");
if (here) menu.scrollTop = here.offsetTop - menu.offsetTop - menu.clientHeight / 2;
