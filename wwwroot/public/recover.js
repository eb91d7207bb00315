// A page whose script cannot be loaded (the server restarts, or its files were just replaced) tries again by itself: nobody stands at a wall to press
// a key. A script of its own, plain and old, because whatever the build makes may be what is missing.
(function () {
  'use strict';
  var key = 'airmap.recover';
  var tries = Number(sessionStorage.getItem(key)) || 0;
  var waiting = false;

  function pause() {
    return Math.min(300000, 3000 * Math.pow(2, tries)); // ms
  }

  function again() {
    // A second request for the same file may have brought it.
    if (window.airmap) return;
    document.body.textContent = '页面未能载入，正在重试… The page could not be loaded, trying again…';
    fetch('/health/live', { cache: 'no-store' }).then(function (answer) {
      if (!answer.ok) throw new Error();
      sessionStorage.setItem(key, String(tries + 1));
      location.reload();
    }).catch(function () { setTimeout(again, 5000); });
  }

  addEventListener('error', function (event) {
    var element = event.target;
    var isPart = element instanceof HTMLScriptElement || (element instanceof HTMLLinkElement && element.rel !== 'icon');
    // What the running page misses it sees to itself.
    if (!isPart || waiting || window.airmap) return;
    waiting = true;
    setTimeout(again, pause());
  }, true);
  addEventListener('load', function () {
    if (!waiting) sessionStorage.removeItem(key);
  });
})();
