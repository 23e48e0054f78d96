//! Tests of what makes a post legible: formulas, places inside it, stills, pictures that are asked for.

use super::*;

#[test]
#[rustfmt::skip]
fn a_formula_keeps_its_meaning_in_the_post_and_in_its_text() {
    let square = "<msup><mi>c</mi><mn>2</mn></msup>";
    let formula = post(item(&format!("<p>E = <math><mi>m</mi>{square}</math>, or <math><mfrac><mi>E</mi>{square}</mfrac></math></p>")));
    assert_eq!(formula.text, "E = mc^2, or E/c^2");
    // What KaTeX and Wikipedia draw beside a formula is the formula once more.
    check_html(
        &format!("<p><span class=katex><span class=katex-mathml><math><semantics><mrow>{square}</mrow><annotation encoding=application/x-tex>c^2</annotation></semantics></math></span><span class=katex-html aria-hidden=true><span>c</span><span>2</span></span></span>!</p>"),
        "<p><i>c</i><sup>2</sup>!</p>",
    );
    check_html(
        &format!("<p><span class=mwe-math-element><span style='display:none'><math>{square}</math></span><img class=mwe-math-fallback-image-inline src=/c.svg alt=c></span></p>"),
        "<p><i>c</i><sup>2</sup></p>",
    );
    check_html(&format!("<div><math display=block>{square}</math></div>"), "<div><div><i>c</i><sup>2</sup></div></div>");
    check_html(&format!("<p><math display=block>{square}</math></p>"), "<p><i>c</i><sup>2</sup></p>");
    check_html(&format!("<table><math>{square}</math><tr><td>x</table>"), "<i>c</i><sup>2</sup><table><tbody><tr><td>x</td></tr></tbody></table>");
    // A body that is cleaned twice says the same.
    let odd = post(item(&format!("<p>a<button><p><math>{square}</math></p></button></p>")));
    assert_eq!(odd.text, "a\nc^2");
}

#[test]
#[rustfmt::skip]
fn links_inside_a_post_stay_inside_it() {
    let rel = "rel=\"noopener noreferrer nofollow\"";
    check_html(
        "<p>Said<sup id=fnref:1><a href='#fn:1'>1</a></sup>.</p><ol><li id=fn:1>Where. <a href='#fnref:1'>back</a></li></ol>",
        &format!("<p>Said<sup id=\"n-fnref:1\"><a href=\"#n-fn:1\" {rel}>1</a></sup>.</p><ol><li id=\"n-fn:1\">Where. <a href=\"#n-fnref:1\" {rel}>back</a></li></ol>"),
    );
    // By the whole address of the page, by the escaped name, by an old anchor, by an anchor that is a link itself.
    check_html("<a href='https://blog.example/2026/11/a-post#x'>x</a><b id=x>y</b>", &format!("<a href=\"#n-x\" {rel}>x</a><b id=\"n-x\">y</b>"));
    check_html("<a href='#fn%3A1'>x</a><b id=fn:1>y</b>", &format!("<a href=\"#n-fn:1\" {rel}>x</a><b id=\"n-fn:1\">y</b>"));
    check_html("<a href='#x'>x</a><a name=x></a>y", &format!("<a href=\"#n-x\" {rel}>x</a><span id=\"n-x\"></span>y"));
    check_html("<a id=a href='#b'>x</a><a id=b href='#a'>y</a>", &format!("<a href=\"#n-b\" {rel} id=\"n-a\">x</a><a href=\"#n-a\" {rel} id=\"n-b\">y</a>"));
    // What leads nowhere in the post leads to its page; what nothing leads to has no name, and a name is given once.
    check_html("<a href='#z'>x</a><b id=x>y</b>", &format!("<a href=\"https://blog.example/2026/11/a-post#z\" {rel}>x</a><b>y</b>"));
    check_html("<a href='https://other.example/p#x'>x</a><b id=x>y</b>", &format!("<a href=\"https://other.example/p#x\" {rel}>x</a><b>y</b>"));
    check_html("<a href='#x'>x</a><b id=x>y</b><i id=x>z</i>", &format!("<a href=\"#n-x\" {rel}>x</a><b id=\"n-x\">y</b><i>z</i>"));
    let lost = post(Item { link: None, ..item("<a href='#x'>x</a><b id=x>y</b>") });
    assert_eq!(lost.html.as_str(), format!("<a href=\"#n-x\" {rel}>x</a><b id=\"n-x\">y</b>"), "no page, and still a place");
    assert_eq!(post(item("<a href='#x'>x</a><b id=x>y</b>")).links_out, Vec::<String>::new());
}

#[test]
fn pictures_that_are_not_for_everybody_say_so() {
    let note = Note { sensitive: true, ..Note::default() };
    let post = post(Item { note, ..item("<img src=/a.png><video src=/b.mp4></video><p>c</p>") });
    let clean = post.html.as_str();
    assert_eq!(clean.matches(" data-sensitive=\"\"").count(), 2, "{clean}");
    assert_eq!((offence(clean), cleaned(clean).as_str()), (None, clean));
}
