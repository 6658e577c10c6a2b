/* Draws the charts of a page from the data beside their tables, and the files that are taken from them. Without this
   file the tables stand alone; every link of the drawing is in the table, so the keyboard needs nothing here. */
"use strict";
(() => {
  // Without quotation marks: they would end the attribute in a file.
  const FONT = "Be Vietnam Pro, system-ui, Segoe UI, Roboto, Noto Sans, sans-serif";
  /* On the screen the tokens themselves, so that themes and print change a drawing without drawing it anew; in a file,
     which lies on white paper, the values of the light theme (a test compares them with tokens.css). */
  const TOKENS = ["ink", "quiet", "surface", "line", "edge", "river", "lacquer", "gold", "jade"];
  const SCREEN = Object.fromEntries(TOKENS.map((name) => [name, `var(--${name})`]));
  const PAPER = { ink: "#1b2a41", quiet: "#556070", surface: "#ffffff", line: "#e0dcd2", edge: "#87867e", river: "#0f6e84", lacquer: "#b3261e", gold: "#8a5a0b", jade: "#2f7d4f" };
  /* Series differ by dash and mark, too: readable in grey. */
  const LOOKS = [["river", "solid", "circle"], ["gold", "dashed", "rect"], ["ink", "dotted", "triangle"], ["jade", [8, 3, 2, 3], "diamond"], ["lacquer", [2, 2], "emptyCircle"], ["quiet", [12, 4], "emptyRect"]];
  const BAR = 26, PLOT = 240, SMALL = 132;

  const language = document.documentElement.lang || "vi";
  const number = (value) => (value === null || value === undefined ? "–" : new Intl.NumberFormat(language).format(value));
  const biggest = (data) => Math.max(1, ...data.series.flatMap((each) => each.values.map((value) => value ?? 0)));

  /* The end of a scale that several charts share: 1, 2 or 5 times a power of ten, in at most three steps. */
  function scaleEnd(most) {
    const power = 10 ** Math.floor(Math.log10(most / 2));
    const step = [1, 2, 5, 10].map((times) => times * power).find((each) => each >= 1 && most / each <= 3) ?? Math.ceil(most / 2);
    return { max: Math.ceil(most / step) * step, interval: step };
  }

  function text(colours, more) {
    return { color: colours.quiet, fontFamily: FONT, fontSize: 12.5, ...more };
  }

  function categories(data, colours, more) {
    return { type: "category", data: data.labels, axisLine: { lineStyle: { color: colours.edge } }, axisTick: { show: false }, axisLabel: text(colours, { hideOverlap: true }), ...more };
  }

  function scale(data, colours, more) {
    return { type: "value", min: 0, max: biggest(data), minInterval: 1, splitNumber: 3, splitLine: { lineStyle: { color: colours.line } }, axisLabel: text(colours, { formatter: number, hideOverlap: true }), ...more };
  }

  /* A line that breaks where a value is missing; a dot on every value, so that one between two gaps is seen. */
  function line(series, at, colours, more) {
    const [colour, type, symbol] = LOOKS[at % LOOKS.length];
    return { type: "line", name: series.name, data: series.values, connectNulls: false, showAllSymbol: true, symbol, symbolSize: series.values.length > 60 ? 3 : 6, lineStyle: { color: colours[colour], width: 2, type }, itemStyle: { color: colours[colour] }, emphasis: { disabled: true }, animation: false, ...more };
  }

  function lines(data, colours, size) {
    const several = data.series.length > 1;
    return {
      height: PLOT,
      grid: [{ left: 8, right: several ? Math.min(140, size.width / 4) : 20, top: size.top + 14, height: PLOT - 44, containLabel: true }],
      xAxis: [categories(data, colours, { boundaryGap: false })],
      yAxis: [scale(data, colours, { max: null })],
      series: data.series.map((each, at) => line(each, at, colours, { endLabel: text(colours, { show: several, formatter: "{a}", color: colours.ink }) })),
    };
  }

  function bars(data, colours, size) {
    const room = Math.min(190, size.width * 0.36);
    const height = data.labels.length * BAR * Math.max(1, data.series.length * 0.8) + 16;
    const several = data.series.length > 1;
    return {
      height: height + (several ? 26 : 0),
      legend: several ? { top: size.top, left: 0, textStyle: text(colours, { color: colours.ink }), selectedMode: false } : undefined,
      grid: [{ left: room + 8, right: 56, top: size.top + (several ? 28 : 4), height }],
      xAxis: [scale(data, colours, { show: false, max: biggest(data) })],
      yAxis: [categories(data, colours, { inverse: true, axisLabel: text(colours, { color: colours.ink, width: room, overflow: "truncate", interval: 0 }) })],
      series: data.series.map((each, at) => {
        const colour = colours[LOOKS[at % LOOKS.length][0]];
        const style = at ? { color: colours.surface, borderColor: colour, borderWidth: 1.5, borderType: "dashed" } : { color: colour };
        return { type: "bar", name: each.name, data: each.values, barMaxWidth: 18, itemStyle: style, emphasis: { disabled: true }, animation: false, label: text(colours, { show: true, position: "right", color: colours.ink, formatter: (point) => number(point.value) }) };
      }),
    };
  }

  /* A small chart for each series; one scale for all, or nothing could be compared. */
  function multiples(data, colours, size) {
    const across = size.width < 480 ? 1 : size.width < 900 ? 2 : 3;
    const width = size.width / across;
    const place = (at) => ({ left: (at % across) * width, top: size.top + Math.floor(at / across) * SMALL });
    return {
      height: Math.ceil(data.series.length / across) * SMALL,
      title: data.series.map((each, at) => ({ text: each.name, left: place(at).left + 4, top: place(at).top, padding: [4, 0], textStyle: text(colours, { color: colours.ink, fontWeight: 600, width: width - 24, overflow: "truncate" }) })),
      grid: data.series.map((_, at) => ({ left: place(at).left + 4, top: place(at).top + 24, width: width - 28, height: SMALL - 44, containLabel: true })),
      xAxis: data.series.map((_, at) => categories(data, colours, { gridIndex: at, boundaryGap: false, axisLabel: text(colours, { fontSize: 11, interval: (point) => point === 0 || point === data.labels.length - 1, alignMinLabel: "left", alignMaxLabel: "right" }) })),
      yAxis: data.series.map((_, at) => scale(data, colours, { gridIndex: at, ...scaleEnd(biggest(data)), axisLabel: text(colours, { fontSize: 11, formatter: number }) })),
      series: data.series.map((each, at) => line(each, 0, colours, { xAxisIndex: at, yAxisIndex: at, symbolSize: 4, symbol: "circle" })),
    };
  }

  const KINDS = { line: lines, bar: bars, multiples };

  /* What ECharts draws, without its own movements and shadows. ``top``: room above, for the title of a file. */
  function option(data, colours, width, top = 0) {
    const drawn = KINDS[data.kind](data, colours, { width, top });
    const { height, ...rest } = drawn;
    return {
      height,
      option: {
        animation: false,
        textStyle: { fontFamily: FONT, color: colours.ink },
        tooltip: { renderMode: "richText", trigger: data.kind === "bar" ? "item" : "axis", confine: true, backgroundColor: colours.surface, borderColor: colours.edge, borderWidth: 1, shadowBlur: 0, shadowColor: "transparent", padding: [6, 10], textStyle: text(colours, { color: colours.ink }), valueFormatter: number, axisPointer: { lineStyle: { color: colours.edge } } },
        ...rest,
      },
    };
  }

  const go = (link) => { if (link) window.location.assign(link); };

  /* A point or bar opens its list; so does the place above a day, where the point is too small for a finger. */
  function opens(chart, data) {
    chart.on("click", (point) => go(data.series[point.seriesIndex]?.links[point.dataIndex]));
    chart.getZr().on("click", (event) => {
      if (event.target) return;
      const at = [event.offsetX, event.offsetY];
      const grids = data.kind === "multiples" ? data.series.length : 1;
      for (let grid = 0; grid < grids; grid += 1) {
        if (!chart.containPixel({ gridIndex: grid }, at)) continue;
        const [x, y] = chart.convertFromPixel({ gridIndex: grid }, at);
        go(data.series[data.kind === "multiples" ? grid : 0].links[Math.round(data.kind === "bar" ? y : x)]);
      }
    });
  }

  function draw(figure) {
    const box = figure.querySelector(".chart-drawn");
    const data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    if (!data.labels.length) return;
    box.hidden = false;
    figure.classList.add("is-drawn");
    figure.querySelector(".chart-files").hidden = false;
    const table = figure.querySelector(".chart-table");
    // Beside the drawing where there is room; below it, it is folded up.
    if (!figure.classList.contains("chart-both") || !window.matchMedia("(min-width: 62rem)").matches) table.open = false;
    box.setAttribute("role", "img");
    box.setAttribute("aria-label", data.title);
    box.style.height = `${option(data, SCREEN, box.clientWidth).height}px`;
    const chart = window.echarts.init(box, null, { renderer: "svg" });
    let width = 0;
    const fit = () => {
      if (!box.clientWidth || box.clientWidth === width) return;
      width = box.clientWidth;
      const drawn = option(data, SCREEN, width);
      box.style.height = `${drawn.height}px`;
      chart.resize();
      chart.setOption(drawn.option, true);
    };
    fit();
    new ResizeObserver(() => window.requestAnimationFrame(fit)).observe(box);
    opens(chart, data);
    for (const button of figure.querySelectorAll("[data-chart-file]")) {
      button.addEventListener("click", () => FILES[button.dataset.chartFile](data));
    }
  }

  /* ---- files: what is drawn, with title, main point, source, moment and the mark of sample data, on white ---- */
  const WIDTH = 1000, MARGIN = 32;

  function onPaper(data, how) {
    const top = data.sample ? 132 : 104;
    const drawn = option(data, PAPER, WIDTH - 2 * MARGIN, top);
    const height = top + drawn.height + 64;
    const label = (said, y, more) => ({ type: "text", left: MARGIN, top: y, silent: true, style: { text: said, fill: PAPER.ink, fontFamily: FONT, fontSize: 14, width: WIDTH - 2 * MARGIN, overflow: "break", ...more } });
    const graphic = [
      label(data.title, top - 80, { fontSize: 20, fontWeight: 600, overflow: "truncate" }),
      label(data.says, top - 50, { fill: PAPER.quiet, lineHeight: 18 }),
      label(data.foot, height - 36, { fill: PAPER.quiet, fontSize: 12.5, overflow: "truncate" }),
    ];
    if (data.sample) graphic.push(label(data.sample, 16, { fill: PAPER.lacquer, fontSize: 16, fontWeight: 600 }));
    const chart = window.echarts.init(document.createElement("div"), null, { ...how, width: WIDTH, height });
    const moved = (each) => ({ ...each, left: each.left + MARGIN });
    const { grid, title, tooltip, legend, ...rest } = drawn.option;
    chart.setOption({ ...rest, backgroundColor: "#ffffff", grid: grid.map(moved), title: title?.map(moved), legend: legend && moved(legend), graphic });
    return chart;
  }

  const escaped = (said) => said.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  const FILES = {
    svg(data) {
      const chart = onPaper(data, { renderer: "svg" });
      const told = `<title>${escaped(data.title)}</title><desc>${escaped([data.sample, data.says, data.foot].filter(Boolean).join(" "))}</desc>`;
      const drawn = chart.renderToSVGString().replace(/<svg[^>]*>/, (opening) => opening + told);
      chart.dispose();
      save(new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${drawn}`], { type: "image/svg+xml" }), `${data.file}.svg`);
    },
    png(data) {
      const chart = onPaper(data, { renderer: "canvas", devicePixelRatio: 2 });
      chart.renderToCanvas({ pixelRatio: 2, backgroundColor: "#ffffff" }).toBlob((blob) => {
        chart.dispose();
        save(blob, `${data.file}.png`);
      });
    },
  };

  document.fonts.ready.then(() => {
    if (window.echarts) document.querySelectorAll("figure.chart").forEach(draw);
  });
})();
