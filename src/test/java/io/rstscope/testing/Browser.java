package io.rstscope.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The system's Chromium without a window and without a network. */
public final class Browser implements AutoCloseable {
  /** Where screenshots are left to be looked at. */
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final ChromeDriver driver;

  private Browser(File chromium, File chromedriver) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--hide-scrollbars",
        "--host-resolver-rules=MAP * ~NOTFOUND");
    options.setCapability("goog:loggingPrefs", logs);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(chromedriver).build(), options);
  }

  /** Starts it; where it is not installed the test is skipped. */
  public static Browser start() {
    File chromium = program("chromium");
    File chromedriver = program("chromedriver");
    Needs.BROWSER.require(
        chromium != null && chromedriver != null,
        "chromium or chromedriver is not installed: no browser opens the page");
    return new Browser(chromium, chromedriver);
  }

  private static File program(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> new File(folder, name))
        .filter(File::canExecute)
        .findFirst()
        .orElse(null);
  }

  /** Opens a file in a window of that size, in pixels, in light or dark colours. */
  public Browser open(Path page, int width, int height, boolean dark) {
    size(width, height);
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    driver.get("about:blank");
    driver.manage().logs().get(LogType.BROWSER);
    driver.manage().logs().get(LogType.PERFORMANCE);
    driver.get(page.toUri().toString());
    return this;
  }

  private void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** The elements that a CSS selector finds. */
  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** The first of them. */
  public WebElement one(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** What they show. */
  public List<String> texts(String selector) {
    return all(selector).stream().map(WebElement::getText).toList();
  }

  /** The element that has the focus. */
  public WebElement focused() {
    return driver.switchTo().activeElement();
  }

  /** The value of a JavaScript expression. */
  public Object value(String expression) {
    return driver.executeScript("return " + expression);
  }

  /** Moves the mouse to a point of an element, in pixels from its upper left corner. */
  public void pointAt(WebElement element, double x, double y) {
    int fromMiddle = (int) Math.round(x) - element.getSize().width / 2;
    int fromCentre = (int) Math.round(y) - element.getSize().height / 2;
    new Actions(driver).moveToElement(element, fromMiddle, fromCentre).perform();
  }

  /** Presses the mouse where it is. */
  public void press() {
    new Actions(driver).click().perform();
  }

  /** What the page complained of. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /**
   * What keeps people with disabilities from reading the page as it is shown, by axe-core's rules
   * (WCAG 2.1 AA among them): rule and element.
   */
  public List<?> barriers() throws IOException {
    driver.executeScript(axe());
    return (List<?>)
        driver.executeAsyncScript(
            "const done = arguments[0];"
                + "axe.run().then(({violations}) => done(violations.flatMap("
                + "({id, nodes}) => nodes.map(({html}) => id + ': ' + html))))");
  }

  private static String axe() throws IOException {
    String version = System.getProperty("axe-core.version");
    String name = "/META-INF/resources/webjars/axe-core/" + version + "/axe.min.js";
    try (InputStream in = Browser.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What the page asked for besides itself. */
  public List<String> requests() {
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(LogEntry::getMessage)
        .filter(message -> message.contains("\"Network.requestWillBeSent\""))
        .filter(message -> !message.contains("\"type\":\"Document\""))
        .toList();
  }

  /** Leaves a picture of the window, or of the whole page, in {@code target/screenshots}. */
  public void screenshot(String name, boolean whole) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    if (whole) {
      long width = (Long) value("document.documentElement.clientWidth");
      long height = (Long) value("document.documentElement.scrollHeight");
      size((int) width, (int) height);
    }
    Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
