// A phone's picture over 2 MB is made smaller before it goes up («upload:prepare»), if that helps; the row offers its full size.
(() => {
  const LARGE = 2 * 2 ** 20;
  const LONGEST = 2560;

  const draw = async (file) => {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    pen.imageSmoothingQuality = "high";
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", 0.85); });
  };

  const shrink = async (file) => {
    try {
      const blob = await draw(file);
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg", lastModified: file.lastModified });
    } catch {
      return file; // the server says what is wrong with it
    }
  };

  document.addEventListener("upload:prepare", (event) => {
    const { file } = event.detail;
    if (file.size > LARGE && /^image\/(jpeg|webp)$/.test(file.type) && window.createImageBitmap) event.detail.ready = shrink(file);
  });
})();
